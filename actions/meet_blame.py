"""Meets blame of the child without blaming the parent."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply
from naast.guidance.schema import Button


class ActionMeetBlame(NaastAction):
    """For `express_blame`, `ask_avoid_blame` and `ask_punishment`: the feeling behind it, and a kinder sentence."""

    intents: ClassVar[Tuple[Text, ...]] = ("express_blame", "ask_avoid_blame", "ask_punishment")

    def name(self) -> Text:
        return "action_meet_blame"

    def reply(self, turn: Turn) -> Reply:
        item = self.companion.pick(f"advice/{turn.intent}", turn.situation)
        reply = self.companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
        title = self.companion.library.wording.intents["ask_next_steps"]
        return self.companion.offer(reply, [Button(title=title, intent="ask_next_steps")])
