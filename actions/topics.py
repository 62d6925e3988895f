"""Questions more special than any intent ("words for school", "this night"), and several questions in one message."""

from __future__ import annotations

from typing import List, Text

from actions import practice
from actions.first_report import is_answerable
from actions.safety_checks import ABOUT_DYING
from actions.turn import SURE, Turn
from naast.guidance.conversation import Companion, Reply
from naast.guidance.schema import MAX_BUBBLES

MAY_NAME_A_TOPIC = {"nlu_fallback", "out_of_scope", "express_panic", "express_anger_offender", "human_handover"}
"""Beside questions, these verdicts give way to a topic: its words are surer than they are."""
ELSEWHERE = {
    "called_already": "journey/reached",
    "guardian": "steps/guardian",
    "how_to_ask": "safety/how_to_ask",
    "how_to_tell": "advice/ask_start_conversation",
    "nobody_reached": "journey/not_reached",
    "passwords": "steps/secure_accounts",
    "prevents_upload": "advice/ask_image_removal",
    "recipients": "steps/recipients",
    "removal": "advice/ask_image_removal",
    "reports_alone": "steps/own_decision",
    "safe_now": "safety/danger_passed",
    "wipes_evidence": "advice/ask_break_contact",
}
SAID_IN_ANY_WAY = {
    "asking_suicide",
    "blocked_already",
    "called_already",
    "confronts",
    "contacts_message",
    "explain",
    "gone_quiet",
    "guardian",
    "how_to_ask",
    "image_as_evidence",
    "money_back",
    "nobody_reached",
    "own_threat",
    "passwords",
    "prevents_upload",
    "progress",
    "promise",
    "punishable",
    "recipients",
    "removal",
    "reports_alone",
    "safe_now",
    "sources",
    "stays_home",
    "tonight",
    "veilig_thuis",
    "watch_for",
    "who_is_open",
    "wipes_evidence",
}
"""Whatever else the message does, these are answered."""
HELPLINES_NAMED = ("report_suicidal_risk", "accompanied", "not_accompanied", "human_handover", "home_unsafe")
GOES_ON = {"called_already", "stays_home"}
"""Behind these the case goes on."""
STANDS_APART = {"ask_should_we_pay", "ask_break_contact", "ask_will_images_spread", "ask_punishment"}
"""Beside a topic an intent of these is another question; any other is a blurred view of the topic."""


def named(companion: Companion, turn: Turn) -> List[Text]:
    """The topics of the message that are answered here and now, in the order they were named."""
    if turn.child_writes:
        return [topic for topic in turn.topics if topic == "how_to_tell"]
    if "how_to_ask" in turn.topics and _fits("how_to_ask", turn):
        return ["how_to_ask"]  # "hoe vraag ik dat?", "wat zeg ik dan?": nothing else is asked there
    asks = turn.is_button or turn.intent.startswith("ask_") or turn.intent in MAY_NAME_A_TOPIC
    return [
        topic
        for topic in turn.topics
        if (topic in companion.library.topics or topic in ELSEWHERE)
        and (asks or topic in SAID_IN_ANY_WAY)
        and _fits(topic, turn)
    ]


def _fits(topic: Text, turn: Turn) -> bool:
    if topic == "safe_now":  # only where danger was told of; being home says nothing about wanting to live
        return any(item.startswith("report_immediate_danger") for item in turn.told)
    if topic == "how_to_ask":  # what is to be asked is the question that Naast just spoke of
        return turn.open_question in ABOUT_DYING
    if topic == "called_already":  # whom, is known where numbers were given for it
        return any(item.startswith(HELPLINES_NAMED) for item in turn.told)
    if topic == "gone_quiet":
        return turn.case_is_known
    if topic == "how_to_tell":  # of a parent there are better words for it than these
        return False
    if topic == "stays_home":
        return any(item.startswith("own_threat") for item in turn.told)
    return True


def respond(companion: Companion, turn: Turn, topics: List[Text]) -> Reply:
    """The answer to what was named; a short one to each of several."""
    first = topics[0]
    if first == "progress" and turn.case_is_known:
        return companion.show_plan(Reply(), turn.situation)
    questions = [_item(topic) for topic in topics]
    if turn.intent in STANDS_APART and turn.confidence >= SURE:
        questions.append(f"advice/{turn.intent}")
    if len(questions) > 1:
        return answer_each(companion, turn, questions)
    item = companion.pick(questions[0], turn.situation)
    if first == practice.QUESTION and turn.case_is_known and "child_safe" not in turn.asked:
        # Words first, practising later: where the child is, is asked in the first answer to any report.
        turn.also_asked.append("ask_start_conversation")
        reply = companion.say(Reply(), item, turn.situation, limit=1)
        return companion.ask(reply, companion.library.questions["child_safe"], turn.situation)
    reply = companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
    goes_on = first in GOES_ON and turn.case_is_known
    return companion.carry_on(reply, turn.situation) if goes_on else reply


def several(companion: Companion, turn: Turn) -> List[Text]:
    """The questions of a message that surely asks more than one, without a topic among them."""
    if turn.is_button or turn.child_writes or not turn.intent.startswith("ask_") or turn.confidence < SURE:
        return []
    names = [name for name in dict.fromkeys([turn.intent, *turn.surely_asked]) if is_answerable(companion, name)]
    return [f"advice/{name}" for name in names] if len(names) > 1 else []


def answer_each(companion: Companion, turn: Turn, names: List[Text]) -> Reply:
    """One bubble for each question, in simple words; what finds no room waits as a button."""
    reply = Reply()
    for name in names[:MAX_BUBBLES]:
        item = companion.pick(name, turn.situation)
        if item.id not in reply.told:
            companion.say_short(reply, item, turn.situation)
    answered = {name.split("/")[1] for name in names[:MAX_BUBBLES]}
    turn.also_asked = [name for name in turn.also_asked if name not in answered]
    return reply


def _item(topic: Text) -> Text:
    return ELSEWHERE.get(topic, f"topics/{topic}")
