""" "Ik snap het niet": the last thing that was said, in simpler words, and the question that is open once more."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionSaySimpler(NaastAction):
    intents: ClassVar[Tuple[Text, ...]] = ("ask_rephrase",)

    def name(self) -> Text:
        return "action_say_simpler"

    def reply(self, turn: Turn) -> Reply:
        if "ask_next_steps" in turn.also_asked and turn.case_is_known:
            return self.companion.show_plan(Reply(), turn.situation, simpler=True)
        question = self.companion.library.questions.get(turn.open_question or "")
        told = turn.told[-1:] if question else reversed(turn.told)
        last = next((item for item in map(self.companion.library.item, told) if item and item.simpler), None)
        # The question that was open stays open: only its wording was the trouble.
        reply = Reply(open_question=turn.open_question)
        if last is not None:
            self.companion.say(reply, last, turn.situation, simpler=True)
        elif question is None:
            item = self.companion.pick("interface/nothing_to_simplify", turn.situation)
            return self.companion.say(Reply(), item, turn.situation)
        if question and not (last and last.asks == question.id):
            self.companion.ask(reply, question, turn.situation)
        return reply
