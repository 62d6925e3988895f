"""Answers what a parent tells about the case: understood, calm, one first step, and where the child is."""

from typing import ClassVar, Text, Tuple

from actions.answers import normal
from actions.base import NaastAction
from actions.first_report import TELLING, first_report, is_answerable
from actions.turn import SURE, Turn
from naast.guidance.conversation import Reply


class ActionRespondToReport(NaastAction):
    """The first report gets the first answer; later ones are taken in and the case goes on."""

    intents: ClassVar[Tuple[Text, ...]] = ("report_sextortion", "report_image_spread")

    def name(self) -> Text:
        return "action_respond_to_report"

    def reply(self, turn: Turn) -> Reply:
        if turn.intent == "report_image_spread" and turn.confidence >= SURE and turn.facts.get("spread") is None:
            turn.settle({"spread": True})
        reply = Reply()
        if turn.child_writes:
            return self._child_tells_more(turn, reply)
        answers_a_question = turn.open_question in self.companion.library.question_order
        told_before = turn.was_told("first_report") or (
            turn.known_before and any(turn.facts_before.get(name) not in (None, []) for name in TELLING)
        )
        if not answers_a_question and not told_before:
            return first_report(self.companion, turn, reply)
        return self._tells_more(turn, reply)

    def _tells_more(self, turn: Turn, reply: Reply) -> Reply:
        situation = turn.situation
        question = self.companion.library.questions.get(turn.open_question or "")
        asked = next((name for name in turn.surely_asked if is_answerable(self.companion, name)), None)
        spread_told = turn.was_told("spread_now")
        if turn.intent == "report_image_spread" and not spread_told:
            self.companion.say(reply, self.companion.pick("journey/spread_now", situation), situation)
        elif question and question.fills in turn.new_facts:
            value = turn.new_facts[question.fills]
            outcome = question.on_no if value is False else question.on_yes
            if outcome.say:
                self.companion.say(reply, self.companion.pick(outcome.say, situation), situation)
        elif turn.new_facts.get("paid") is True and "paid_already.default" not in turn.told:
            self.companion.say(reply, self.companion.pick("journey/paid_already", situation), situation)
        elif turn.new_facts.get("evidence_saved") is False:
            item = self.companion.pick("advice/ask_evidence", situation)
            self.companion.say(reply, item, situation, simpler=item.id in turn.told, limit=2)
        elif asked:
            # A question inside what is told is answered before the next one is asked.
            item = self.companion.pick(f"advice/{asked}", situation)
            self.companion.say(reply, item, situation, simpler=item.id in turn.told, limit=2)
        elif question and question.id == "child_safe" and self._tells_no_place(turn):
            reply.told.append("again.child_safe")
            return self.companion.ask(self.take_in(turn, reply), question, situation)
        elif question and question.id == "child_safe":
            self.companion.say(reply, self.companion.pick("journey/child_is_safe", situation), situation)
        else:
            self.take_in(turn, reply)
        if turn.blames_child and "blame_beside.default" not in turn.told[-6:]:
            self.companion.say(reply, self.companion.pick("journey/blame_beside", situation), situation)
        return self.companion.carry_on(reply, situation)

    def _tells_no_place(self, turn: Turn) -> bool:
        """ "Hij is 13" behind "waar is je kind": it is asked once more."""
        tells_other = bool(turn.new_facts.keys() - {"child_relation"})
        place = set(normal(turn.text).split()) & set(self.companion.library.wording.places)
        return tells_other and not place and "again.child_safe" not in turn.told

    def _child_tells_more(self, turn: Turn, reply: Reply) -> Reply:
        situation = turn.situation
        return self.companion.say(reply, self.companion.pick("safety/child_speaking", situation), situation)
