"""What comes before everything: a child that may not want to live, danger now, or the child itself writing."""

from typing import Text

from actions.base import NaastAction
from actions.first_report import first_report
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionSafety(NaastAction):
    """113 and 112 first. The state stays `signalled` until an answer shows that the child was asked, or is safe."""

    def name(self) -> Text:
        return "action_safety"

    def reply(self, turn: Turn) -> Reply:
        situation = turn.situation
        if turn.intent == "report_sextortion":  # taken for the child at first: actions/turn.py
            if "child_safe" in turn.asked:
                return self.companion.carry_on(self.take_in(turn, Reply()), situation)
            return first_report(self.companion, turn, Reply())
        item = self.companion.pick(f"safety/{turn.intent}", situation)
        reply = self.companion.say(Reply(), item, situation, simpler=item.id in turn.told)
        if turn.intent != "child_speaking":
            turn.settle({"risk_state": "signalled"})
        return reply
