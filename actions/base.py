"""What every action shares: read the turn, compose, keep safety in front, return bubbles and slots."""

from __future__ import annotations

import abc
import copy
from typing import Any, ClassVar, Dict, List, Optional, Text, Tuple, Type

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import answers, confirmed, practice, startup, topics
from actions.answers import normal
from actions.first_report import first_report, is_answerable, is_first_report
from actions.safety_checks import (
    NEVER_GUESSED,
    SAFETY_QUESTIONS,
    keep_watch,
    put_reminder_in_front,
    thank_for_the_denial,
)
from actions.speaking import change_language, companion, in_a_foreign_language, language_buttons
from actions.turn import CORRECTION_WORDS, LIST_FACTS, REPORTS, SCALAR_FACTS, SURE, Turn
from actions.verdict import CASE_FACTS, SAFETY_INTENTS
from naast.guidance.choosing import holds
from naast.guidance.conversation import Bubble, Companion, Reply
from naast.guidance.payloads import payload
from naast.guidance.plan import plan
from naast.guidance.schema import Button

MEMORY = 80
"""So many items are remembered as told; more would only make the tracker longer."""
FIRST_CHECK = "suicide_check"
IN_DOUBT = "safety_doubt"
GOES_ON = ("child_wants_steps", "safety_doubt", "suicide_check_again", "home_danger", "correction", "reached")
"""Beside the questions about the case, after the answer to these the case goes on."""


class NaastAction(Action, abc.ABC):
    """Base of all actions. A subclass says its `name` and composes a `reply`; the rest is the same for all.

    `companion` is the guidance in the language of the turn: it is set on a copy that lives for one turn.
    """

    answers: ClassVar[Tuple[Text, ...]]
    """The intents it composes a reply to; the rules of data/rules say the same."""
    companion: Companion
    _by_intent: ClassVar[Dict[Text, Type["NaastAction"]]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        NaastAction._by_intent.update(dict.fromkeys(cls.answers, cls))

    def __init__(self) -> None:
        startup.prepare()

    def speaking(self, language: Text) -> "NaastAction":
        """This action with the guidance of one language."""
        other = copy.copy(self)
        other.companion = companion(language)
        return other

    @abc.abstractmethod
    def name(self) -> Text:
        """The name in domain.yml."""

    @abc.abstractmethod
    def reply(self, turn: Turn) -> Reply:
        """Compose the answer to a turn."""

    def answer_question(self, turn: Turn, outcome_name: Text) -> Reply:
        """Read "ja", "nee" or "weet ik niet" against the open question and go on from there."""
        question = self.companion.library.questions[turn.open_question]
        outcome = getattr(question, f"on_{outcome_name}")
        reply = Reply(confirms=question.id if outcome_name == "yes" else None)
        turn.settle(outcome.set)
        turn.take_back(outcome.unset)
        if outcome.say:
            self.companion.say(reply, self.companion.pick(outcome.say, turn.situation), turn.situation)
        elif outcome_name == "unsure":
            self.companion.say(reply, self.companion.pick("journey/unsure", turn.situation), turn.situation)
        goes_on = question.id in (*self.companion.library.question_order, *GOES_ON)
        if goes_on and not reply.open_question and not any(bubble.buttons for bubble in reply.bubbles):
            self.companion.carry_on(reply, turn.situation)
        return reply

    def compose(self, turn: Turn) -> Reply:
        """The reply with what holds for every action: answers to what is open, and safety in front until settled."""
        if turn.is_foreign:
            return in_a_foreign_language(self.companion, turn)
        corrects = self.companion.library.wording.correcting
        turn.says_it_is_wrong = any(words in normal(turn.text) for words in corrects)
        answers.hear(self.companion, turn)
        denies = turn.is_denial
        if denies:
            turn.settle({"risk_state": "denied"})
        reply = self._to_what_is_open(turn)
        keep_watch(self.companion, turn, reply)
        if turn.weak_alarm:
            # Answered once safety is; a report is taken in without an answer.
            reply.waiting = [name for name in (turn.intent, *turn.also_asked) if name.startswith("ask_")]
        elif turn.intent in SAFETY_INTENTS:
            reply.waiting = turn.also_asked  # nothing stands beside the answer to a sign
        elif not turn.child_writes:
            self.companion.offer_answers(reply, turn.also_asked)
        if denies:
            thank_for_the_denial(self.companion, turn, reply)
        put_reminder_in_front(self.companion, turn, reply)
        if turn.changes_language:
            self.companion.offer_beside(reply, language_buttons(turn))  # where it was only guessed, there is a way back
        return reply

    def _to_what_is_open(self, turn: Turn) -> Reply:
        """Rasa chose the action from the intent alone; what is open in the conversation may say otherwise."""
        alarmed = self._to_an_alarm(turn)
        if alarmed:
            return alarmed
        library = self.companion.library
        if turn.asks_for_language:
            return change_language(self.companion, turn)
        if answers.is_unsure(self.companion, turn) and turn.open_question in library.questions:
            return self.answer_question(turn, "unsure")
        if turn.is_denial and self._answers_with_a_denial(turn):
            return self._go_on_after_a_denial(turn)
        if turn.is_urgent and not turn.intent.startswith("ask_"):
            return self.companion.show_plan(Reply(), turn.situation)  # what is new calls for one thing, now
        if turn.in_danger and turn.intent == "ask_next_steps":
            called = any(item.startswith("emergency_called") for item in turn.told)
            name = "safety/emergency_called" if called else "safety/report_immediate_danger"
            item = self.companion.pick(name, turn.situation)
            return self.companion.say(Reply(open_question=turn.open_question), item, turn.situation)
        name, answer = answers.short_answer(self.companion, turn)
        if answer and answer.means:
            if turn.intent.startswith("ask_") and turn.confidence >= SURE:
                turn.also_asked.insert(0, turn.intent)  # "ze zegt nee, en moet ik nou betalen?"
            return self.answer_question(turn, answer.means)
        if answer:
            turn.open_question = name
            turn.settle(answer.set)
            turn.new_facts.update(answer.set)
            return self.companion.carry_on(self.take_in(turn, Reply()), turn.situation)
        if practice.is_attempt(self.companion, turn):
            return practice.respond(self.companion, turn)
        named = topics.named(self.companion, turn)
        if named:
            return topics.respond(self.companion, turn, named)
        if self._tells_of_a_step(turn):
            return self.companion.show_plan(Reply(), turn.situation)
        if self._takes_back(turn):
            return self._take_correction(turn)
        if is_first_report(turn):
            return first_report(self.companion, turn, Reply())
        each = topics.several(self.companion, turn)
        if each:
            return topics.answer_each(self.companion, turn, each)
        if turn.is_doubtful or self._only_answers(turn):
            return self.ask_what_was_meant(turn)
        return self._reply_to_its_intent(turn)

    def _reply_to_its_intent(self, turn: Turn) -> Reply:
        """The reply of the action that answers the intent. Rasa chose this one from what the model said, and the
        verdict may have read that otherwise: "hij heeft er nog een gestuurd" is no question about forwarding."""
        if turn.intent in self.answers:
            return self.reply(turn)
        return self._by_intent[turn.intent]().speaking(turn.language).reply(turn)

    def _to_an_alarm(self, turn: Turn) -> Optional[Reply]:
        """The answer to danger that was seen, surely or perhaps, before steps and all else; None where none was."""
        if "own_threat" in turn.topics and (turn.weak_alarm or turn.guessed_danger):
            return topics.respond(self.companion, turn, ["own_threat"])  # the violence spoken of is the parent's own
        if "safe_now" in turn.topics and turn.in_danger and turn.guessed_danger:
            return topics.respond(self.companion, turn, ["safe_now"])
        if turn.intent in SAFETY_INTENTS:
            return self._reply_to_its_intent(turn)
        if answers.confirms(self.companion, turn):
            turn.settle({"risk_state": "signalled"})
            item = self.companion.pick("safety/report_suicidal_risk", turn.situation)
            return self.companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
        if not turn.weak_alarm:
            return None
        if turn.is_urgent:
            return self.companion.show_plan(Reply(), turn.situation)
        if self._needs_no_question(turn):
            turn.weak_alarm, turn.shows_numbers = False, True
            return None
        if turn.open_question == IN_DOUBT and not turn.child_writes:
            return self.answer_question(turn, "unsure")  # asked a moment ago, and no answer to it
        # The numbers and one question, whatever was asked or denied before.
        return self.companion.ask(Reply(), self.companion.library.questions[IN_DOUBT], turn.situation)

    def _needs_no_question(self, turn: Turn) -> bool:
        """True where a weak alarm is answered as the calm message that it may be, behind the numbers: after a sign the
        question has its answer, a first report is asked where the child is, and some words say what they are about."""
        told_before = turn.facts.get("risk_state") == "signalled" or turn.in_danger
        at_home = "home_unsafe" in turn.new_facts.get("circumstance", [])
        about = set(topics.named(self.companion, turn)) & topics.SAID_IN_ANY_WAY
        first = is_first_report(turn) or (turn.intent in REPORTS and "child_safe" not in turn.asked)
        return told_before or at_home or bool(about) or (first and not turn.child_writes)

    def take_in(self, turn: Turn, reply: Reply) -> Reply:
        """Thanks for what was told; the summary only where it says something new."""
        values = {} if turn.new_facts else {"summary": ""}
        item = self.companion.pick("journey/more_facts", turn.situation)
        return self.companion.say(reply, item, turn.situation, values=values)

    def _answers_with_a_denial(self, turn: Turn) -> bool:
        """True where "ze denkt niet aan doodgaan" is the whole answer, or comes with "ze zit naast me"."""
        asked = turn.open_question in SAFETY_QUESTIONS
        return asked and not turn.intent.startswith(("ask_", "express_")) and not topics.named(self.companion, turn)

    def _go_on_after_a_denial(self, turn: Turn) -> Reply:
        """Answer what was asked in the same breath, else go on with the case."""
        asked = next((name for name in turn.also_asked if is_answerable(self.companion, name)), None)
        if asked is None:
            return self.companion.carry_on(Reply(), turn.situation)
        turn.also_asked.remove(asked)
        return self.companion.say(Reply(), self.companion.pick(f"advice/{asked}", turn.situation), turn.situation)

    def _only_answers(self, turn: Turn) -> bool:
        """True for what looks like a report and only answers what is open: "hij is boven" behind "is er iemand bij je
        kind?"."""
        if turn.is_button or turn.open_question in self.companion.library.question_order:
            return False
        tells = turn.new_facts.keys() & set(CASE_FACTS) or len(turn.text.split()) > CORRECTION_WORDS
        return turn.intent == "report_sextortion" and self._asked_about_safety(turn) and not tells

    def _asked_about_safety(self, turn: Turn) -> bool:
        """True behind a question whose "weet ik niet" gets a careful answer."""
        return turn.open_question in NEVER_GUESSED

    def _tells_of_a_step(self, turn: Turn) -> bool:
        """True when the plan is known and the message says that a step is done: "ok, screenshots heb ik nu"."""
        open_step = (turn.open_question or "").startswith("step.")
        plan_told = "plan.default" in turn.told and turn.open_question is None and not turn.intent.startswith("ask_")
        if not (open_step or plan_told):
            return False
        done = (entry.step.done_when for entry in plan(self.companion.library, turn.situation.known) if entry.done)
        return any(facts and holds(facts, turn.new_facts) for facts in done)

    def _takes_back(self, turn: Turn) -> bool:
        """True when a question is open and the message corrects something else: "nee, 13" after the summary."""
        question = self.companion.library.questions.get(turn.open_question or "")
        if turn.says_it_is_wrong:
            return bool(turn.corrected)  # also where nothing was asked: "kleine correctie, hij is 14"
        if question is None or question.fills in turn.new_facts:
            return False
        first = (normal(turn.text).split() or [""])[0]
        denies = first in self.companion.library.wording.taking_back
        return bool(turn.corrected.keys() - (set() if denies else set(LIST_FACTS)))

    def _take_correction(self, turn: Turn) -> Reply:
        """Show the case as it is now known, and ask again what was open."""
        turn.replace_lists()
        question = self.companion.library.questions.get(turn.open_question or "")
        reply = self.companion.say(Reply(), self.companion.pick("journey/corrected", turn.situation), turn.situation)
        if question is None or question.id in ("summary", "correction"):
            return self.companion.carry_on(reply, turn.situation)
        return self.companion.ask(reply, question, turn.situation)

    def ask_what_was_meant(self, turn: Turn) -> Reply:
        """For a message that was not understood. After a question about the case it is taken as an answer."""
        situation = turn.situation
        if turn.open_question == FIRST_CHECK and f"again.{FIRST_CHECK}" not in turn.told:
            # The careful answer, and what was asked once more (safety_checks.py), before the case goes on.
            item = self.companion.pick(self.companion.library.questions[FIRST_CHECK].on_unsure.say, situation)
            return self.companion.say(Reply(), item, situation)
        if self._asked_about_safety(turn):
            return self.answer_question(turn, "unsure")
        if turn.open_question in self.companion.library.question_order or (turn.changes and turn.case_is_known):
            return self.companion.carry_on(self.take_in(turn, Reply()), situation)
        item = self.companion.pick("interface/fallback", situation)
        reply = self.companion.say(Reply(open_question=turn.open_question), item, situation)
        if item.id == "fallback.choices":
            titles = self.companion.library.wording.intents
            names = [entry["name"] for entry in turn.ranking if entry["name"] in titles][:2]
            likeliest = [Button(title=titles[name], intent=name) for name in names]
            kept = [button for button in reply.bubbles[-1].buttons if button.intent not in names]
            reply.bubbles[-1].buttons = likeliest + kept[-1:]
        return reply

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        turn = Turn.from_tracker(tracker)
        speaking = self.speaking(turn.language)
        reply = speaking.compose(turn)
        for bubble in reply.bubbles:
            speaking._utter(dispatcher, bubble, turn)
        return confirmed.carry_out(reply, tracker, dispatcher, self._events(turn, reply, tracker))

    def _utter(self, dispatcher: CollectingDispatcher, bubble: Bubble, turn: Turn) -> None:
        # "Mijn kind wordt gechanteerd" is no choice any more for who has told so.
        offered = [each for each in bubble.buttons if each.set or each.intent not in REPORTS or not turn.case_is_known]
        buttons = [{"title": button.title, "payload": payload(button)} for button in offered]
        custom = self.companion.custom(bubble, turn.situation)
        foreign = (bubble.item or "").startswith("foreign.")
        dispatcher.utter_message(
            text=bubble.text,
            buttons=buttons or None,
            json_message=custom,
            item=bubble.item,
            language=turn.language if foreign else self.companion.library.language,
        )

    def _events(self, turn: Turn, reply: Reply, tracker: Tracker) -> List[Dict[Text, Any]]:
        slots = {name: turn.facts[name] for name in (*LIST_FACTS, *SCALAR_FACTS)}
        asked = turn.asked + [reply.open_question] if reply.open_question else turn.asked
        slots["asked"] = list(dict.fromkeys(asked))
        slots["also_asked"] = reply.waiting
        slots["told"] = (turn.told + reply.told)[-MEMORY:]
        slots["open_question"] = reply.open_question
        slots["language"] = turn.language
        return [SlotSet(name, value) for name, value in slots.items() if tracker.get_slot(name) != value]
