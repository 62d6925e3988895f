"""The steps, in order, adapted to what is already done."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionNextSteps(NaastAction):
    """Screenshots, cut contact, Helpwanted, police: the plan for these facts and its first open step."""

    intents: ClassVar[Tuple[Text, ...]] = ("ask_next_steps",)

    def name(self) -> Text:
        return "action_next_steps"

    def reply(self, turn: Turn) -> Reply:
        return self.companion.show_plan(Reply(), turn.situation)
