"""Not understood: the two likeliest meanings as buttons; the second time in a row, people."""

from typing import ClassVar, Text, Tuple

from actions import not_understood
from actions.base import NaastAction
from actions.turn import Turn
from actions.verdict import FALLBACK
from naast.guidance.conversation import Reply


class ActionDefaultFallback(NaastAction):
    """Overrides Rasa's default, which reverts the message and so loses what the parent said."""

    intents: ClassVar[Tuple[Text, ...]] = (FALLBACK,)

    def name(self) -> Text:
        return "action_default_fallback"

    def reply(self, turn: Turn) -> Reply:
        return not_understood.respond(self, turn)
