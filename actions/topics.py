"""Questions more special than any intent ("words for school", "this night"), and several questions in one message."""

from __future__ import annotations

from typing import Iterable, List, Set, Text

from actions import practice
from actions.first_report import is_answerable, opens_a_case
from actions.topic_conditions import CONDITIONS
from actions.turn import SURE, Turn
from naast.guidance.conversation import Companion, Reply
from naast.guidance.schema import MAX_BUBBLES

MAY_NAME_A_TOPIC = {"nlu_fallback", "out_of_scope", "express_panic", "express_anger_offender", "human_handover"}
"""Beside questions, these verdicts give way to a topic: its words are surer than they are."""
ELSEWHERE = {
    "emergency_called": "safety/emergency_called",
    "forced_live": "safety/report_immediate_danger",
    "guardian": "steps/guardian",
    "how_to_ask": "safety/how_to_ask",
    "how_to_tell": "advice/ask_start_conversation",
    "nobody_reached": "journey/not_reached",
    "off_topic": "advice/out_of_scope",
    "passwords": "steps/secure_accounts",
    "prevents_upload": "advice/ask_image_removal",
    "police_at_home": "safety/emergency_called",
    "recipients": "steps/recipients",
    "removal": "advice/ask_image_removal",
    "reports_alone": "steps/own_decision",
    "safe_now": "safety/danger_passed",
    "still_live": "steps/stop_contact_now",
    "tell_him": "topics/other_parent",
    "whether_to_block": "advice/ask_break_contact",
    "whether_to_pay": "advice/ask_should_we_pay",
    "wipes_evidence": "advice/ask_break_contact",
}
ONLY_ASKED = {
    "later",
    "other_parent",
    "practice",
    "preparation",
    "school",
    "siblings",
    "take_away",
    "who_may_know",
}
"""Named in passing as often as asked about: "ze zit op school". Other topics are answered whatever a message does."""
ENDS_DANGER = ("safe_now", "help_is_here", "sleeps_now", "stays_away")
"""What ends a danger that was told of: the child is found or asleep, help stands in the room, nobody goes there."""
OF_AN_ALARM = ("on_the_line", "at_hospital", "emergency_called", "wounded", "stopped_live")
"""What follows on an alarm: told of once help or safety was spoken of, these have the next thing to do."""
GOES_BEFORE = (
    *("someone_comes", *OF_AN_ALARM, *ENDS_DANGER, "still_live", "gone_quiet", "unreachable", "police_at_home"),
    *("at_school", "swatting", "has_address", "go_between", "calls_now"),
)
"""Of several topics one of these is answered alone: safety leaves no room for another."""
TOLD = {"called_help", "called_police", "called_school", "chat_gone", "help_coming", "receipts_kept"}
"""No questions: what was done or has come is heard in a sentence where nothing is asked beside it; the case goes on."""
NOT_IN_A_REPORT = TOLD | {
    "calls_now",
    "harm_group",
    "keeps_secret",
    "on_the_line",
    "whether_to_block",
    "whether_to_pay",
    "goes_to_child",
    "loverboy",
    "not_helped",
    "refuses_help",
    "talking_fails",
    "to_school",
    "writes_now",
}
"""In a first report these words are part of the story; its own answer comes first."""
OWN_WAYS = ("stays_home", "goes_to_child", "someone_goes")
"""The parent's own way, or that of others, is no child that is on its way."""
STANDS_APART = {
    "ask_chat_privacy",
    "ask_should_we_pay",
    "ask_break_contact",
    "ask_will_images_spread",
    "ask_punishment",
}
"""Beside a topic an intent of these is another question; any other is a blurred view of the topic."""
SAME_QUESTION = {
    "whether_to_block": "ask_break_contact",
    "whether_to_pay": "ask_should_we_pay",
    "account_back": "ask_break_contact",
    "traces": "ask_chat_privacy",
    "bluff_mail": "ask_break_contact",
    "did_right": "ask_punishment",
    "mail_away": "ask_break_contact",
    "naughty": "ask_punishment",
    "writes_now": "ask_break_contact",
}
"""Here it is no other: who reads along at home, whether to write back to such a mail, whether to punish."""


def named(companion: Companion, turn: Turn) -> List[Text]:
    """The topics of the message that are answered here and now, in the order they were named."""
    if turn.child_writes:
        return [topic for topic in turn.topics if topic == "how_to_tell"]
    if "how_to_ask" in turn.topics and _fits("how_to_ask", turn):
        return ["how_to_ask"]  # "hoe vraag ik dat?", "wat zeg ik dan?": nothing else is asked there
    asks = turn.is_button or turn.intent.startswith("ask_") or turn.intent in MAY_NAME_A_TOPIC
    found: List[Text] = []
    end = -1
    for start, stop, topic in turn.topic_spans:
        known = topic in companion.library.topics or topic in ELSEWHERE
        wanted = asks or topic not in ONLY_ASKED or (turn.in_danger and turn.confidence < SURE)
        if start >= end and known and wanted and _fits(topic, turn):  # of two that share words only the first
            found.append(topic)
            end = stop
    return list(dict.fromkeys(found))


def in_any_way(topics: Iterable[Text]) -> Set[Text]:
    """Those that are answered whatever else the message does."""
    return set(topics) - ONLY_ASKED - TOLD


def _fits(topic: Text, turn: Turn) -> bool:
    if topic in TOLD and (turn.is_button or turn.intent.startswith("ask_") or _more_is_said(turn)):
        return False
    if topic in NOT_IN_A_REPORT and opens_a_case(turn):
        return False
    return topic not in CONDITIONS or CONDITIONS[topic](turn)


def after_an_alarm(companion: Companion, turn: Turn) -> Text | None:
    """What a message tells that follows on an alarm: the wound is looked at, 112 was called, the call is off."""
    return next((topic for topic in named(companion, turn) if topic in OF_AN_ALARM), None)


def _more_is_said(turn: Turn) -> bool:
    """True where other words of the message have an answer of their own: "mentor gebeld, moet ze naar school?"."""
    return any(_fits(topic, turn) for topic in in_any_way(turn.topics))


def respond(companion: Companion, turn: Turn, topics: List[Text]) -> Reply:
    """The answer to what was named; a short one to each of several."""
    topics = next(([topic] for topic in topics if topic in GOES_BEFORE), topics)
    first = topics[0]
    if first == "progress" and turn.case_is_known:
        return companion.show_plan(Reply(), turn.situation)
    if set(topics) <= TOLD:
        topics = topics[:1]  # one sentence is enough for what was done
    questions = list(dict.fromkeys(item_of(topic) for topic in topics))
    same = {SAME_QUESTION.get(topic) for topic in topics}
    if turn.intent in STANDS_APART - same and turn.confidence >= SURE:
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
    if first == "all_clear":
        turn.facts["offender"] = turn.facts_before.get("offender")  # whoever the child loves is no offender
        turn.asked.append("child_safe")
        turn.open_question = None
    if first == "safe_now":
        turn.take_back({"circumstance": ["missing"]})  # found; what follows is no search any more
    leaves = turn.intent == "thank"
    goes_on = first in TOLD and turn.case_is_known and not turn.in_danger and not leaves
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


def item_of(topic: Text) -> Text:
    """The `group/name` of the answer to a topic."""
    return ELSEWHERE.get(topic, f"topics/{topic}")
