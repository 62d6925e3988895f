"""What every action shares: read the turn, compose, keep safety in front, return bubbles and slots."""

from __future__ import annotations

import abc
import copy
from typing import Any, ClassVar, Dict, List, Text, Tuple, Type

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import (
    alarms,
    answers,
    beside,
    confirmed,
    corrections,
    in_danger,
    news,
    not_understood,
    practice,
    startup,
    topics,
)
from actions.answers import normal
from actions.facts import LIST_FACTS, SCALAR_FACTS
from actions.first_report import first_report, is_answerable, is_first_report
from actions.safety_checks import (
    SAFETY_QUESTIONS,
    keep_watch,
    put_reminder_in_front,
    thank_for_the_denial,
)
from actions.speaking import change_language, companion, in_a_foreign_language, language_buttons
from actions.turn import DOUBT, ERASE, REPORTS, SURE, Turn
from actions.verdict import SAFETY_INTENTS
from naast.guidance.conversation import Bubble, Companion, Reply
from naast.guidance.payloads import payload
from naast.guidance.summary import summarise

MEMORY = 80
"""So many items are remembered as told; more would only make the tracker longer."""
GOES_ON = ("child_wants_steps", "safety_doubt", "suicide_check_again", "home_danger", "correction", "reached")
"""Beside the questions about the case, after the answer to these the case goes on."""


def say_it_once(speaker: Companion, turn: Turn, reply: Reply) -> None:
    """Where a reply asks whether the summary is right, it does not say it above that as well."""
    summary = summarise(speaker.library, turn.facts)
    if summary and any(bubble.item == "question.summary" for bubble in reply.bubbles):
        for bubble in reply.bubbles:
            if bubble.item != "question.summary":
                bubble.text = bubble.text.replace(summary, "").strip()
        reply.bubbles = [bubble for bubble in reply.bubbles if bubble.text]


class NaastAction(Action, abc.ABC):
    """Base of all actions. A subclass says its `name` and composes a `reply`; the rest is the same for all.

    `companion` is the guidance in the language of the turn: it is set on a copy that lives for one turn.
    """

    intents: ClassVar[Tuple[Text, ...]]
    """The intents it composes a reply to; the rules of data/rules say the same."""
    companion: Companion
    _by_intent: ClassVar[Dict[Text, Type["NaastAction"]]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        NaastAction._by_intent.update(dict.fromkeys(cls.intents, cls))

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
        beside.answer(self.companion, turn, reply)
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
        say_it_once(self.companion, turn, reply)
        self.companion.limit_cards(reply, turn.situation)
        if turn.changes_language:
            self.companion.offer_beside(reply, language_buttons(turn))  # where it was only guessed, there is a way back
        return reply

    def _to_what_is_open(self, turn: Turn) -> Reply:
        """Rasa chose the action from the intent alone; what is open in the conversation may say otherwise."""
        alarmed = alarms.respond(self, turn)
        if alarmed:
            return alarmed
        library = self.companion.library
        if turn.asks_for_language:
            return change_language(self.companion, turn)
        if turn.erases:
            turn.intent = ERASE  # "hij komt thuis. wis dit gesprek": no goodbye, and no question first
            return self.reply_to_its_intent(turn)
        asks = turn.intent.startswith("ask_") and turn.confidence >= SURE
        if answers.is_in_a_room(self.companion, turn) and not asks:
            return self._child_in_a_room(turn)
        if answers.is_unsure(self.companion, turn) and turn.open_question in library.questions:
            return self.answer_question(turn, "unsure")
        if turn.is_denial and self._answers_with_a_denial(turn):
            return self._go_on_after_a_denial(turn)
        if news.is_urgent(turn) and not turn.intent.startswith("ask_"):
            return news.urgent(self.companion, turn)  # what is new calls for one thing, now
        asks_what_to_do = turn.intent == "ask_next_steps" and not topics.named(self.companion, turn)
        if turn.in_danger and asks_what_to_do and in_danger.commands(turn) < in_danger.MOST_COMMANDS:
            name = "safety/emergency_called" if turn.called_emergency else "safety/report_immediate_danger"
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
        if corrections.tells_of_a_step(self, turn):
            return self.companion.show_plan(Reply(), turn.situation)
        if corrections.changed_passwords(self, turn):
            turn.settle({"steps_done": ["secure_accounts"]})
            return corrections.tick(self, turn)
        new = news.respond(self.companion, turn)
        if new:
            return new
        if corrections.ticks_before_the_plan(self, turn):
            return corrections.tick(self, turn)
        if corrections.takes_back(self, turn):
            return corrections.respond(self, turn)
        if is_first_report(turn):
            return first_report(self.companion, turn, Reply())
        each = topics.several(self.companion, turn)
        if each:
            return topics.answer_each(self.companion, turn, each)
        if turn.is_doubtful or not_understood.only_answers(self, turn):
            return not_understood.respond(self, turn)
        return self.reply_to_its_intent(turn)

    def reply_to_its_intent(self, turn: Turn) -> Reply:
        """The reply of the action that answers the intent. Rasa chose this one from what the model said, and the
        verdict may have read that otherwise: "hij heeft er nog een gestuurd" is no question about forwarding."""
        if turn.intent in self.intents:
            return self.reply(turn)
        return self._by_intent[turn.intent]().speaking(turn.language).reply(turn)

    def take_in(self, turn: Turn, reply: Reply) -> Reply:
        """What was told is heard: thanked for where it brings something of the case, never where it is bad news or no
        news at all. The summary only where it says something new."""
        library = self.companion.library
        known = summarise(library, turn.facts_before) == summarise(library, turn.facts)
        name = "journey/news" if turn.changes else "journey/more_facts" if turn.new_facts else "journey/heard"
        if turn.child_writes:
            name = "journey/more_facts"
        item = self.companion.pick(name, turn.situation)
        return self.companion.say(reply, item, turn.situation, values={"summary": ""} if known else {})

    def _child_in_a_room(self, turn: Turn) -> Reply:
        """ "Op zijn kamer, deur dicht": somebody looks in, and how the child is, is asked next."""
        reply = Reply()
        self.companion.say(reply, self.companion.pick("journey/child_in_a_room", turn.situation), turn.situation)
        return self.companion.carry_on(reply, turn.situation)

    def _answers_with_a_denial(self, turn: Turn) -> bool:
        """True where "ze denkt niet aan doodgaan" is the whole answer, or comes with "ze zit naast me"."""
        asked = turn.open_question in SAFETY_QUESTIONS or (turn.known_before and turn.is_doubtful)
        says_more = turn.intent.startswith(("ask_", "express_")) and turn.confidence >= DOUBT
        return asked and not says_more and not topics.named(self.companion, turn)

    def _go_on_after_a_denial(self, turn: Turn) -> Reply:
        """Answer what was asked in the same breath, else go on with the case."""
        persons = [beside.PERSON] if beside.PERSON in turn.surely_asked else []
        asked = next((name for name in [*turn.also_asked, *persons] if is_answerable(self.companion, name)), None)
        asked = asked or next(iter(persons), None)
        if asked is None:
            return self.companion.carry_on(Reply(), turn.situation)
        turn.also_asked = [name for name in turn.also_asked if name != asked]
        return self.companion.say(Reply(), self.companion.pick(f"advice/{asked}", turn.situation), turn.situation)

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
