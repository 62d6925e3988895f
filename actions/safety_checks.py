"""What is asked and said about safety beside any answer: in doubt, at the first word of a case, and at each change."""

from __future__ import annotations

import functools
from typing import Text

from actions.news import is_urgent
from actions.turn import OUT_OF_DANGER, Turn
from actions.verdict import SAFETY_INTENTS
from naast.guidance.conversation import Companion, Reply
from naast.guidance.schema import MAX_BUBBLES

NO_TIME_TO_ASK = {"greet", "thank", "goodbye", "human_handover", "restart", "delete_my_data", "ask_chat_privacy"}
"""After these no question about the case follows."""
MAX_REMINDERS = 2
"""So often safety stands in front of other answers after a sign; said for ever, it would no longer be read."""

SPEAK_OF_SAFETY = (
    *("at_hospital", "stopped_live", "wounded", "help_is_here", "sleeps_now", "stays_away", "someone_comes"),
    *("on_the_line", "calls_now", "swatting", "own_threat", "tonight.asked_signalled", "tonight.asked_earlier"),
)
"""Topics whose answers hold the numbers, or stand where help already is."""

ON_THE_PHONE = ("calls_now", "on_the_line")

ABOUT_DYING = (
    "suicide_check",
    "suicide_check_again",
    "safety_doubt",
    "own_safety_doubt",
    "safety_with_child",
    "asked_about_suicide",
    "child_answer",
    "safety_recheck",
)
NEVER_GUESSED = (*ABOUT_DYING, "called_emergency", "danger_over", "home_danger")
"""What is not understood behind these gets the answer to "weet ik niet"."""
SAFETY_QUESTIONS = (*NEVER_GUESSED, "child_safe")
INTAKE = ("child_safe", "suicide_check")
"""Asked one after the other in every case."""


def in_doubt(turn: Turn) -> Text:
    """The question with the numbers: a child is asked about itself."""
    return "own_safety_doubt" if turn.child_writes else "safety_doubt"


def keep_watch(companion: Companion, turn: Turn, reply: Reply) -> None:
    """At most one question more, the most urgent one, as the last bubble of a reply."""
    if turn.intent in SAFETY_INTENTS or turn.weak_alarm:
        return
    if any(item.startswith(ON_THE_PHONE) for item in reply.told):
        return  # who is calling now is not kept from it
    still_unanswered = functools.partial(_still_unanswered, companion)
    checks = [_in_doubt, _at_a_change, _about_the_home, _where_the_child_is, still_unanswered]
    if turn.child_writes:
        checks = [_in_doubt]
    elif reply.open_question in SAFETY_QUESTIONS:
        checks = [_about_the_home]  # what was asked instead is asked later, for it does not count as asked
    question = next(filter(None, (check(turn, reply) for check in checks)), None)
    if question:
        if reply.bubbles and reply.bubbles[-1].item == f"question.{reply.open_question}":
            reply.bubbles.pop()  # two questions at once get one answer
        companion.ask(reply, companion.library.questions[question], turn.situation)


def _in_doubt(turn: Turn, reply: Reply) -> str | None:
    """Too little for an alarm, too much to pass over: the numbers and one question, once in a conversation."""
    question = in_doubt(turn)
    settled = turn.facts.get("risk_state") or question in turn.asked
    if not turn.safety_doubt or settled:
        return None
    # Where it was just asked how the child is, the same is asked in its own words: "ze ligt boven op bed, en ze is 13
    # hoor" is an answer, and no reason for the numbers.
    again = f"again.{INTAKE[1]}"
    if turn.open_question not in INTAKE or turn.child_writes or again in turn.told:
        return question
    if INTAKE[1] in turn.asked_before:
        reply.told.append(again)
    return INTAKE[1]


def _at_a_change(turn: Turn, reply: Reply) -> str | None:
    """A "nee" can change with the case: spread images, more given, a new account, a deadline, a new demand.
    "Mijn leven is verpest", and a child gone quiet in a known case, ask for it even before there was a "nee"."""
    state = turn.facts.get("risk_state")
    if state == "denied" and turn.changes:
        return "suicide_check_again"
    if state is None and turn.known_before and _changes_by_itself(turn):
        return "suicide_check_again" if "suicide_check" in turn.asked_before else "suicide_check"
    said = set(turn.changes.get("circumstance", []))
    gone_quiet = "silent" in said and "child_safe" in turn.asked and turn.facts.get("risk_state") != "signalled"
    if "life_ruined" in said or gone_quiet:
        return "suicide_check_again" if "suicide_check" in turn.asked else "suicide_check"
    return None


def _changes_by_itself(turn: Turn) -> bool:
    """True of news that no question of Naast asked for: a new account, images in a group, the offender's next demand.
    "Meer foto's" behind "wat wil die persoon?" is an answer; that images are out is news in any case."""
    if turn.open_question == "demands":
        return bool(turn.changes.keys() - {"demands"})
    first_told = {"demands"} if not turn.facts_before.get("demands") and not is_urgent(turn) else set()
    return bool(turn.changes.keys() - first_told)


def _about_the_home(turn: Turn, reply: Reply) -> str | None:
    """ "Haar vader vermoordt haar": asked once whether it is meant."""
    said = "home_unsafe" in turn.new_facts.get("circumstance", [])
    return "home_danger" if said and "home_danger" not in turn.asked else None


def _where_the_child_is(turn: Turn, reply: Reply) -> str | None:
    """Whatever a parent says first about a case: where the child is, is asked in that very answer."""
    told = turn.was_told(*OUT_OF_DANGER)  # it was found, or somebody is with it
    known = turn.facts.get("risk_state") or "child_safe" in turn.asked or turn.is_over or told
    if not turn.case_is_known or known or reply.open_question or turn.intent in NO_TIME_TO_ASK:
        return None
    return "child_safe"


def _still_unanswered(companion: Companion, turn: Turn, reply: Reply) -> str | None:
    """Who asked or told something else instead of answering gets the answer, and the question once more."""
    places = companion.library.wording.places
    topic = any(item.split(".")[0] in companion.library.topics for item in reply.told)
    open_question = turn.open_question
    # Where the child is, is told in a thousand ways; what was not understood there is taken for an answer.
    doubtful = turn.is_doubtful and open_question == "suicide_check"
    instead = turn.intent.startswith(("ask_", "express_")) or doubtful or topic
    if open_question not in ("child_safe", "suicide_check") or reply.open_question or not instead:
        return None
    if open_question == "suicide_check" and "mass_mail" in turn.facts["circumstance"]:
        return None  # nobody is threatened in person; asked once it is enough
    if open_question == "suicide_check" and turn.facts.get("risk_state"):
        return None  # "van doodgaan heeft hij niet gesproken, maar moeten we betalen?" answers it as well
    if open_question == "child_safe" and set(turn.text.lower().split()) & set(places):
        return "suicide_check"  # "ze zit op haar kamer, moet ze maar voelen" tells where the child is
    again = f"again.{open_question}"
    if reply.told and reply.told[0].startswith("out_of_scope"):
        return None  # when school begins again was asked: that is answered, and the question stays open
    if again in turn.told or turn.intent in NO_TIME_TO_ASK:
        return None
    reply.told.append(again)
    return open_question


def thank_for_the_denial(companion: Companion, turn: Turn, reply: Reply) -> None:
    """Who says in passing that nobody wants to die is thanked in front of the answer, and not asked again."""
    thanks = companion.say(Reply(), companion.pick("safety/denied", turn.situation), turn.situation)
    after_a_sign = turn.facts_before.get("risk_state") == "signalled"
    if thanks.told[0] in reply.told or (thanks.told[0] in turn.told and not after_a_sign):
        return
    _put_in_front(companion, thanks, reply)


def put_reminder_in_front(companion: Companion, turn: Turn, reply: Reply) -> None:
    """After a sign the numbers stand in front of every answer that does not speak of safety itself; beside a message
    that may be one they stand in front of any."""
    signalled = turn.facts.get("risk_state") == "signalled"
    if not (turn.shows_numbers or signalled or turn.in_danger):
        return
    speaks_of_safety = {item.id for items in companion.library.safety.values() for item in items}
    if speaks_of_safety & set(reply.told) or any(item.startswith(SPEAK_OF_SAFETY) for item in reply.told):
        return
    reminder = Reply()
    after = "safety/after_child" if turn.child_writes else "safety/after"
    name = after if signalled else "safety/perhaps"
    if turn.in_danger and not turn.child_writes:
        name = "safety/still_danger"  # "blijf bij je kind" is no word for a child that is gone
    companion.say(reminder, companion.pick(name, turn.situation), turn.situation)
    if turn.told.count(reminder.told[0]) >= MAX_REMINDERS and not turn.shows_numbers:
        return
    _put_in_front(companion, reminder, reply)


def _put_in_front(companion: Companion, front: Reply, reply: Reply) -> None:
    """One bubble before the others. What only explains makes way for it, never what is asked or handed out."""
    reply.told += front.told
    if len(reply.bubbles) == MAX_BUBBLES:
        dropped = reply.bubbles.pop(1 if reply.bubbles[-1].attachment or reply.open_question else -1)
        companion.offer(reply, dropped.buttons)
        reply.bubbles[-1].contacts = reply.bubbles[-1].contacts or dropped.contacts
    reply.bubbles = front.bubbles + reply.bubbles
