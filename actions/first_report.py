"""The first answer to a case: understood, calm, one first step or the answer to what was asked, where the child is."""

from __future__ import annotations

from actions.answers import is_told_who_is_with_the_child
from actions.turn import REPORTS, SURE, Turn
from actions.verdict import CASE_FACTS
from naast.guidance.conversation import Companion, Reply

MEANT_AS_SAID = {"express_blame", "child_speaking", "human_handover", "delete_my_data", "restart"} | {
    "report_sextortion",
    "report_image_spread",
    "report_child_forwarded",
}
"""These get their own answer first, however much of the case they tell."""
SUSPECTED_TOO = {"contact_cut"}
"""A child that is always on its phone is in contact with somebody, and no case yet."""
TELLING = {*CASE_FACTS, "offender", "image_origin"}
PAYING = "ask_should_we_pay"
TELLS = 2
"""So many facts in a first message make it a report, also where it ends in a question."""


def is_first_report(turn: Turn) -> bool:
    """True for a first message that tells the case whatever else it does: "nu wil ze 300 euro. Wat moeten we doen?"."""
    told_before = "child_safe" in turn.asked or turn.was_told("first_report")
    of_a_case = set(CASE_FACTS) - SUSPECTED_TOO
    if turn.intent == "suspect_something" and turn.confidence >= SURE and not turn.new_facts.keys() & of_a_case:
        return False  # a suspicion is no case yet
    if told_before or turn.is_button or turn.child_writes or turn.intent in MEANT_AS_SAID:
        return False
    return bool(turn.new_facts.keys() & TELLING) and len(turn.new_facts) >= TELLS


def opens_a_case(turn: Turn) -> bool:
    """True for a first message that tells the case, whether the model saw a report in it or its facts say so."""
    return is_first_report(turn) or (turn.intent in REPORTS and "child_safe" not in turn.asked)


def first_report(companion: Companion, turn: Turn, reply: Reply) -> Reply:
    feelings = companion.library.wording.feelings
    turn.facts["feeling"] = next((act for act in turn.also_asked if act in feelings), None)
    situation = turn.situation
    companion.say(reply, companion.pick("journey/first_report", situation), situation, limit=2)
    if "own_threat" in turn.topics and len(reply.bubbles) == 2:
        calm = companion.say(Reply(), companion.pick("topics/own_threat", situation), situation, limit=1)
        reply.bubbles[1] = calm.bubbles[0]
        reply.told += calm.told
    elif turn.blames_child and len(reply.bubbles) == 2:
        # The first bubble still shows what was understood; the parent's blame comes before a first step.
        blame = companion.say(Reply(), companion.pick("journey/blame_beside", situation), situation)
        reply.bubbles[1] = blame.bubbles[0]
        reply.told += blame.told
    elif reply.told[-1:] == ["first_report.default"]:
        _answer_the_question_in_it(companion, turn, reply)
    question = companion.library.questions["child_safe"]
    if is_told_who_is_with_the_child(companion, turn):
        turn.asked.append(question.id)
    if question.id in turn.asked or turn.is_over:
        return companion.carry_on(reply, situation)
    return companion.ask(reply, question, situation)


def _answer_the_question_in_it(companion: Companion, turn: Turn, reply: Reply) -> None:
    """ "...moeten we betalen?" inside a report: its answer takes the place of the general first step.
    Where the question is less sure that step stays, and the question follows as a button."""
    names = [turn.intent, *turn.surely_asked]
    if PAYING in (*names, *turn.also_asked):
        names.insert(0, PAYING)  # of several questions the one that cannot wait
    asked = next((name for name in names if is_answerable(companion, name)), None)
    if asked:
        item = companion.pick(f"advice/{asked}", turn.situation)
        answer = companion.say(Reply(), item, turn.situation, limit=1)
        reply.bubbles[1:] = answer.bubbles
        reply.told += answer.told


def is_answerable(companion: Companion, name: str) -> bool:
    return name.startswith("ask_") and name in companion.library.advice
