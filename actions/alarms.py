"""What is answered first: danger that was seen, surely or perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Text

from actions import answers, in_danger, news, topics
from actions.first_report import opens_a_case
from actions.safety_checks import in_doubt
from actions.turn import Turn
from actions.verdict import DANGER, SAFETY_INTENTS
from naast.guidance.conversation import Reply

if TYPE_CHECKING:
    from actions.base import NaastAction

AT_HOME = "home_danger"
ON_THE_WAY = "on_the_way"
OWN_WAY_WORDS = 12
"""A longer message tells more than where the parent goes."""
ORDINARY = 0.75
"""Below this `safety_score` words that answer where the child is are taken for that answer, without the numbers."""


def respond(action: "NaastAction", turn: Turn) -> Optional[Reply]:
    """The answer to danger that was seen, surely or perhaps, before steps and all else; None where none was."""
    missing = "missing" in turn.facts["circumstance"] and not turn.child_writes
    if missing and turn.intent == "report_suicidal_risk":
        turn.intent = DANGER  # a farewell of a child that is gone or cannot be reached: 112 searches, 113 comes later
    in_danger.read_on(action.companion, turn)
    if _is_forced_live(turn):
        turn.intent, turn.weak_alarm = DANGER, False
        return action.reply_to_its_intent(turn)
    own_threat = "own_threat" in turn.topics and not turn.child_writes
    if own_threat and (turn.weak_alarm or turn.guessed_danger or turn.is_own_violence):
        # The violence spoken of is the parent's own: its answer calms, and has 112; 113 would answer another question.
        turn.weak_alarm = False  # what is still open about the child is asked below it
        return topics.respond(action.companion, turn, ["own_threat"])
    moves = _own_way(action, turn)
    if moves:
        return topics.respond(action.companion, turn, [moves])
    ends = next((topic for topic in topics.named(action.companion, turn) if topic in topics.ENDS_DANGER), None)
    if ends and turn.in_danger and turn.guessed_danger:
        return topics.respond(action.companion, turn, [ends])
    if turn.open_question == AT_HOME and not turn.by_pattern and turn.intent != "report_suicidal_risk":
        _, answer = answers.short_answer(action.companion, turn)
        if answer and answer.means == "yes":  # "ja dat meen ik, zijn broer sloeg haar ook": the answer names 112 itself
            turn.weak_alarm = turn.safety_doubt = False
            return action.answer_question(turn, answer.means)
    followed = topics.after_an_alarm(action.companion, turn)
    if followed and (not turn.by_pattern or _is_looked_after(followed, turn)):
        turn.weak_alarm = False
        turn.settle({"risk_state": "signalled"})
        return topics.respond(action.companion, turn, [followed])
    if turn.intent in SAFETY_INTENTS:
        return action.reply_to_its_intent(turn)
    if answers.confirms(action.companion, turn):
        turn.settle({"risk_state": "signalled"})
        item = action.companion.pick("safety/report_suicidal_risk", turn.situation)
        return action.companion.say(Reply(), item, turn.situation, simpler=item.id in turn.told)
    if answers.is_not_alone(action.companion, turn) and not turn.is_denial:
        turn.weak_alarm = False
        return _is_with_somebody(action, turn)
    if not turn.weak_alarm:
        return None
    if news.is_urgent(turn):
        turn.shows_numbers = True
        return news.urgent(action.companion, turn)
    if answers.is_in_a_room(action.companion, turn) and not turn.child_writes:
        # "Op zijn kamer denk ik, deur dicht": classifiers half see danger in any closed door. It is answered as what it
        # is, somebody looks in, and how the child is, is asked below it; the numbers stand there where they see more.
        turn.weak_alarm, turn.shows_numbers = False, turn.safety_score >= ORDINARY
        return None
    if _needs_no_question(action, turn):
        turn.weak_alarm, turn.shows_numbers = False, True
        return None
    question = in_doubt(turn)
    if turn.open_question == question and not turn.child_writes:
        return action.answer_question(turn, "unsure")  # asked a moment ago, and no answer to it
    # The numbers and one question, whatever was asked or denied before.
    return action.companion.ask(Reply(), action.companion.library.questions[question], turn.situation)


def _is_forced_live(turn: Turn) -> bool:
    """ "Cam aan, ze dwingen hem, nu": somebody goes in and 112 is called, before any question about the case."""
    live = "live_now" in turn.new_facts.get("circumstance", []) and "forced_live" in turn.topics
    return live and not turn.child_writes and "stopped_live" not in turn.topics


def _own_way(action: "NaastAction", turn: Turn) -> Optional[Text]:
    """Where the parent goes, or no longer goes, in few words: a child that goes there is spoken of alike."""
    calm = turn.intent == DANGER and set(turn.signs) <= {ON_THE_WAY} and len(turn.text.split()) <= OWN_WAY_WORDS
    if not calm or turn.child_writes or turn.in_danger:
        return None
    return next((topic for topic in topics.named(action.companion, turn) if topic in topics.OWN_WAYS), None)


def _is_with_somebody(action: "NaastAction", turn: Turn) -> Reply:
    """Who sits beside the child is not sent to it, and who asked it is not asked whether it was asked."""
    if not answers.tells_that_it_was_asked(action.companion, turn):
        return action.answer_question(turn, "yes")
    item = action.companion.pick("safety/accompanied_and_asked", turn.situation)
    return action.companion.say(Reply(), item, turn.situation)


def _is_looked_after(topic: Text, turn: Turn) -> bool:
    """True for a wound that was looked at; not for who is unconscious, has swallowed something or is gone."""
    worse = {"means_at_hand", "missing"} & set(turn.new_facts.get("circumstance", []))
    return topic in ("wounded", "stopped_live") and turn.intent != DANGER and not worse


def _needs_no_question(action: "NaastAction", turn: Turn) -> bool:
    """True where a weak alarm is answered as the calm message that it may be, behind the numbers: after a sign the
    question has its answer, a first report is asked where the child is, and some words say what they are about."""
    told_before = turn.facts.get("risk_state") == "signalled" or turn.in_danger or news.has_any(turn)
    at_home = "home_unsafe" in turn.new_facts.get("circumstance", [])
    about = topics.in_any_way(topics.named(action.companion, turn))
    return told_before or at_home or bool(about) or (opens_a_case(turn) and not turn.child_writes)
