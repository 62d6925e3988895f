"""Erasing and starting over are asked about first: at night a wrong word is quickly typed."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.turn import Turn
from naast.guidance.conversation import Reply


class ActionConfirmErase(NaastAction):
    intents: ClassVar[Tuple[Text, ...]] = ("delete_my_data",)

    def name(self) -> Text:
        return "action_confirm_erase"

    def reply(self, turn: Turn) -> Reply:
        return self.companion.ask(Reply(), self.companion.library.questions["confirm_erase"], turn.situation)


class ActionRestart(NaastAction):
    """Overrides Rasa's default, which clears everything without a word, also that a child is in danger."""

    intents: ClassVar[Tuple[Text, ...]] = ("restart",)

    def name(self) -> Text:
        return "action_restart"

    def reply(self, turn: Turn) -> Reply:
        return self.companion.ask(Reply(), self.companion.library.questions["confirm_restart"], turn.situation)
