"""Answers a question with the advice of the same name."""

from typing import Text

from actions.base import NaastAction
from actions.speaking import language_buttons
from actions.turn import Turn
from naast.guidance.conversation import Reply
from naast.guidance.schema import Button

GREETINGS = ("greet", "thank", "goodbye")
INTRODUCTIONS = ("greet", "ask_capabilities", "bot_challenge")
"""Where Naast says who it is, it says which languages it speaks."""


class ActionAdvise(NaastAction):
    """One intent, one file in `guidance/nl/advice/`. Asked again, the answer comes in simpler words."""

    def name(self) -> Text:
        return "action_advise"

    def reply(self, turn: Turn) -> Reply:
        item = self.companion.pick(f"advice/{turn.intent}", turn.situation)
        if turn.child_writes and item.when.get("writer") != "child" and turn.intent not in GREETINGS:
            item = self.companion.pick("interface/child_elsewhere", turn.situation)
        reply = self.companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
        if turn.intent in INTRODUCTIONS:
            self.companion.offer_beside(reply, language_buttons(turn))
        if turn.case_is_known and turn.intent not in GREETINGS:
            title = self.companion.library.wording.intents["ask_next_steps"]
            self.companion.offer(reply, [Button(title=title, intent="ask_next_steps")])
        return reply
