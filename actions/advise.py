"""Answers a question with the advice of the same name."""

from typing import ClassVar, Text, Tuple

from actions.base import NaastAction
from actions.speaking import language_buttons
from actions.turn import SURE, Turn
from naast.guidance.conversation import Reply
from naast.guidance.schema import Button

GREETINGS = ("greet", "thank", "goodbye")
INTRODUCTIONS = ("greet", "ask_capabilities", "bot_challenge")
"""Where Naast says who it is, it says which languages it speaks."""


class ActionAdvise(NaastAction):
    """One intent, one file in `guidance/nl/advice/`. Asked again, the answer comes in simpler words."""

    intents: ClassVar[Tuple[Text, ...]] = (
        "ask_aftercare",
        "ask_break_contact",
        "ask_capabilities",
        "ask_chat_privacy",
        "ask_evidence",
        "ask_fake_images",
        "ask_financial_vs_sexual",
        "ask_helpwanted",
        "ask_how_common",
        "ask_how_images_obtained",
        "ask_how_offenders_work",
        "ask_image_removal",
        "ask_impact_on_child",
        "ask_parent_support",
        "ask_police",
        "ask_prevention",
        "ask_sexting_normal",
        "ask_should_we_pay",
        "ask_start_conversation",
        "ask_what_is_sextortion",
        "ask_will_images_spread",
        "bot_challenge",
        "goodbye",
        "greet",
        "human_handover",
        "out_of_scope",
        "report_child_forwarded",
        "suspect_something",
        "thank",
    )

    def name(self) -> Text:
        return "action_advise"

    def reply(self, turn: Turn) -> Reply:
        item = self.companion.pick(f"advice/{turn.intent}", turn.situation)
        if turn.child_writes and item.when.get("writer") != "child" and turn.intent not in GREETINGS:
            item = self.companion.pick("interface/child_elsewhere", turn.situation)
        reply = self.companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
        if turn.intent == "report_child_forwarded" and turn.confidence >= SURE and not turn.child_writes:
            turn.settle({"circumstance": ["child_forwarded"]})  # what is asked of a victim is not asked any more
        if turn.intent in INTRODUCTIONS:
            self.companion.offer_beside(reply, language_buttons(turn))
        if turn.case_is_known and turn.intent not in GREETINGS:
            title = self.companion.library.wording.intents["ask_next_steps"]
            self.companion.offer(reply, [Button(title=title, intent="ask_next_steps")])
        return reply
