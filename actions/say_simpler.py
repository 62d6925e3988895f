""" "Ik snap het niet": the last thing that was said, in simpler words."""

from typing import Text

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionSaySimpler(NaastAction):
    def name(self) -> Text:
        return "action_say_simpler"

    def reply(self, turn: Turn) -> Reply:
        last = next(
            (item for item in map(self.companion.library.item, reversed(turn.told)) if item and item.simpler), None
        )
        if last is None:
            item = self.companion.pick("interface/nothing_to_simplify", turn.situation)
            return self.companion.say(Reply(), item, turn.situation)
        # The question that was open stays open: only its wording was the trouble.
        return self.companion.say(Reply(open_question=turn.open_question), last, turn.situation, simpler=True)
