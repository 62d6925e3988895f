"""What comes before everything: a child that may not want to live, danger now, or the child itself writing."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from actions.verdict import SAFETY_INTENTS
from naast.guidance.conversation import Reply


class ActionSafety(NaastAction):
    """113 and 112 first. The state stays `signalled` until somebody says that the child was asked and wants to live."""

    intents: ClassVar[Tuple[Text, ...]] = (*SAFETY_INTENTS, "child_speaking")

    def name(self) -> Text:
        return "action_safety"

    def reply(self, turn: Turn) -> Reply:
        situation = turn.situation
        item = self.companion.pick(f"safety/{turn.intent}", situation)
        reply = self.companion.say(Reply(), item, situation, simpler=item.id in turn.told)
        if turn.intent != "child_speaking":
            turn.settle({"risk_state": "signalled"})
        return reply
