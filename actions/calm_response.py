"""Meets fear, guilt and rage: the feeling first, then where the child is."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionCalmResponse(NaastAction):
    """For the parent's own emotion and for "hoe reageer ik": one calm-response tip, then the child's whereabouts."""

    intents: ClassVar[Tuple[Text, ...]] = (
        "ask_how_to_react",
        "express_anger_offender",
        "express_own_guilt",
        "express_panic",
    )

    def name(self) -> Text:
        return "action_calm_response"

    def reply(self, turn: Turn) -> Reply:
        situation = turn.situation
        item = self.companion.pick(f"advice/{turn.intent}", situation)
        reply = self.companion.say(Reply(), item, situation, simpler=item.id in turn.told)
        if turn.intent.startswith("express_") and not turn.child_writes and "child_safe" not in turn.asked:
            self.companion.ask(reply, self.companion.library.questions["child_safe"], situation)
        return reply
