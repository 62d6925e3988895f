"""What every action shares: read the turn, compose, keep safety in front, return bubbles and slots."""

from __future__ import annotations

import abc
import functools
import re
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import LIST_FACTS, MEMORY, SAFETY_INTENTS, SCALAR_FACTS, Turn
from naast.guidance.conversation import Bubble, Companion, Reply
from naast.guidance.library import load
from naast.guidance.payloads import payload
from naast.guidance.plan import plan
from naast.guidance.schema import Button

NO_TIME_TO_ASK = {"greet", "thank", "goodbye", "human_handover", "restart", "delete_my_data", "ask_chat_privacy"}
"""After these no question about the case follows."""
MAX_REMINDERS = 4
"""So often safety stands in front of other answers after a sign; said for ever, it would no longer be read."""


@functools.lru_cache(maxsize=1)
def companion() -> Companion:
    """The guidance, loaded once in the action server; a mistake in it stops the start."""
    return Companion(load())


def normal(text: Text) -> Text:
    """Lower case, letters and digits only, for comparing short answers."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "")).split())


class NaastAction(Action, abc.ABC):
    """Base of all actions. A subclass says its `name` and composes a `reply`; the rest is the same for all."""

    @property
    def companion(self) -> Companion:
        return companion()

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
        reply = Reply(facts=dict(outcome.set))
        turn.settle(outcome.set)
        if outcome.say:
            self.companion.say(reply, self.companion.pick(outcome.say, turn.situation), turn.situation)
        elif outcome_name == "unsure":
            self.companion.say(reply, self.companion.pick("journey/unsure", turn.situation), turn.situation)
        goes_on = question.id in self.companion.library.question_order + ["child_wants_steps", "safety_doubt"]
        if goes_on and not reply.open_question and not any(bubble.buttons for bubble in reply.bubbles):
            self.companion.carry_on(reply, turn.situation)
        return reply

    def compose(self, turn: Turn) -> Reply:
        """The reply with what holds for every action: unsure answers, and safety in front until it is settled."""
        library = self.companion.library
        unsure = normal(turn.text) in {normal(words) for words in library.wording.unsure}
        if unsure and turn.open_question in library.questions and turn.intent not in SAFETY_INTENTS:
            reply = self.answer_question(turn, "unsure")
        elif self._tells_of_a_step(turn):
            reply = self.companion.show_plan(Reply(), turn.situation)
        elif self._takes_back(turn):
            reply = self._take_correction(turn)
        elif turn.is_doubtful and turn.intent not in SAFETY_INTENTS:
            reply = self.ask_what_was_meant(turn)
        else:
            reply = self.reply(turn)
        self._ask_when_in_doubt(turn, reply)
        self._ask_where_the_child_is(turn, reply)
        if turn.intent in SAFETY_INTENTS:
            reply.waiting = turn.also_asked  # nothing stands beside the answer to a sign
        elif not turn.child_writes:
            self.companion.offer_answers(reply, turn.also_asked)
        speaks_of_safety = {item.id for items in library.safety.values() for item in items}
        if turn.facts.get("risk_state") == "signalled" and not speaks_of_safety & set(reply.told):
            self._put_reminder_in_front(turn, reply)
        return reply

    def _tells_of_a_step(self, turn: Turn) -> bool:
        """True when the plan is known and the message says that a step is done: "ok, screenshots heb ik nu"."""
        open_step = (turn.open_question or "").startswith("step.")
        plan_told = "plan.default" in turn.told and turn.open_question is None and not turn.intent.startswith("ask_")
        if turn.intent in SAFETY_INTENTS or not (open_step or plan_told):
            return False
        done = (entry.step.done_when for entry in plan(self.companion.library, turn.situation.known) if entry.done)
        return any(facts and facts.items() <= turn.new_facts.items() for facts in done)

    def _takes_back(self, turn: Turn) -> bool:
        """True when a question is open and the message corrects something else: "nee, 13" after the summary."""
        question = self.companion.library.questions.get(turn.open_question or "")
        if question is None or turn.intent in SAFETY_INTENTS or question.fills in turn.new_facts:
            return False
        first = (normal(turn.text).split() or [""])[0]
        denies = first in self.companion.library.wording.taking_back
        return bool(turn.corrected.keys() - (set() if denies else set(LIST_FACTS)))

    def _take_correction(self, turn: Turn) -> Reply:
        """Show the case as it is now known, and ask again what was open."""
        turn.replace_lists()
        question = self.companion.library.questions[turn.open_question]
        reply = self.companion.say(Reply(), self.companion.pick("journey/corrected", turn.situation), turn.situation)
        return self.companion.ask(reply, question, turn.situation)

    def ask_what_was_meant(self, turn: Turn) -> Reply:
        """For a message that was not understood. After a question about the case it is taken as an answer."""
        situation = turn.situation
        question = self.companion.library.questions.get(turn.open_question or "")
        if question and (question.on_unsure.say or "").startswith("safety/"):
            # After a safety question nothing is guessed: the careful answer follows.
            return self.answer_question(turn, "unsure")
        if turn.open_question in self.companion.library.question_order:
            reply = self.companion.say(Reply(), self.companion.pick("journey/more_facts", situation), situation)
            return self.companion.carry_on(reply, situation)
        item = self.companion.pick("interface/fallback", situation)
        reply = self.companion.say(Reply(open_question=turn.open_question), item, situation)
        if item.id == "fallback.choices":
            titles = self.companion.library.wording.intents
            names = [entry["name"] for entry in turn.ranking if entry["name"] in titles][:2]
            likeliest = [Button(title=titles[name], intent=name) for name in names]
            kept = [button for button in reply.bubbles[-1].buttons if button.intent not in names]
            reply.bubbles[-1].buttons = likeliest + kept[-1:]
        return reply

    def _ask_when_in_doubt(self, turn: Turn, reply: Reply) -> None:
        """Too little for an alarm, too much to pass over: the numbers and one question, once in a conversation."""
        question = self.companion.library.questions["safety_doubt"]
        settled = turn.facts.get("risk_state") or question.id in turn.asked or turn.open_question == question.id
        asks_already = reply.open_question in self.companion.library.question_order
        if turn.safety_doubt and not (settled or asks_already) and turn.intent not in SAFETY_INTENTS:
            self.companion.ask(reply, question, turn.situation)

    def _ask_where_the_child_is(self, turn: Turn, reply: Reply) -> None:
        """Whatever a parent says first about a case: where the child is, is asked in that very answer."""
        question = self.companion.library.questions["child_safe"]
        safe_already = turn.child_writes or turn.facts.get("risk_state") or question.id in turn.asked
        if turn.case_is_known and not (safe_already or reply.open_question or turn.intent in NO_TIME_TO_ASK):
            self.companion.ask(reply, question, turn.situation)

    def _put_reminder_in_front(self, turn: Turn, reply: Reply) -> None:
        name = "safety/after_child" if turn.child_writes else "safety/after"
        reminder = Reply()
        self.companion.say(reminder, self.companion.pick(name, turn.situation), turn.situation)
        if turn.told.count(reminder.told[0]) >= MAX_REMINDERS:
            return
        reply.told += reminder.told
        dropped = reply.bubbles[2:]
        reply.bubbles = reminder.bubbles + reply.bubbles[:2]
        if dropped:
            self.companion.offer(reply, dropped[-1].buttons)

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        turn = Turn.from_tracker(tracker)
        reply = self.compose(turn)
        for bubble in reply.bubbles:
            self._utter(dispatcher, bubble)
        return self._events(turn, reply, tracker)

    def _utter(self, dispatcher: CollectingDispatcher, bubble: Bubble) -> None:
        buttons = [{"title": button.title, "payload": payload(button)} for button in bubble.buttons]
        contacts = [self.companion.library.contacts[name] for name in bubble.contacts]
        custom = {
            "kind": "contact",
            "contacts": [
                contact.dict(include={"id", "name", "phone", "url", "hours", "what_happens"}) for contact in contacts
            ],
        }
        dispatcher.utter_message(
            text=bubble.text,
            buttons=buttons or None,
            json_message=custom if contacts else None,
            item=bubble.item,
        )

    def _events(self, turn: Turn, reply: Reply, tracker: Tracker) -> List[Dict[Text, Any]]:
        settled = {**reply.facts}
        if turn.intent == "child_speaking":
            settled["writer"] = "child"
        slots = {name: turn.facts[name] for name in LIST_FACTS}
        slots.update({name: value for name, value in settled.items() if name in SCALAR_FACTS})
        asked = turn.asked + [reply.open_question] if reply.open_question else turn.asked
        slots["asked"] = list(dict.fromkeys(asked))
        slots["also_asked"] = reply.waiting
        slots["told"] = (turn.told + reply.told)[-MEMORY:]
        slots["open_question"] = reply.open_question
        return [SlotSet(name, value) for name, value in slots.items() if tracker.get_slot(name) != value]
