"""The guidance of each language, and what is said when the language changes or is none that Naast speaks."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, List, Text

from naast.guidance.conversation import Bubble, Companion, Reply
from naast.guidance.library import languages, load, nearest
from naast.guidance.schema import Button

if TYPE_CHECKING:
    from actions.turn import Turn

EMERGENCY = ("emergency", "suicide_prevention", "zelfmoordlijn")
HELP = ("helpwanted", "child_focus")


@functools.lru_cache(maxsize=None)
def companion(language: Text) -> Companion:
    """The guidance in the language nearest to this one, loaded once: at the start, where a mistake in it stops it."""
    near = nearest(language)
    return Companion(load(language=near)) if near == language else companion(near)


def language_buttons(turn: "Turn") -> List[Button]:
    """A button for each language Naast speaks, but the one it speaks now; each says so in its own language."""
    return [
        Button(title=companion(each).library.wording.language_button, intent="greet", set={"language": each})
        for each in languages()
        if each != turn.language
    ]


def change_language(speaker: Companion, turn: "Turn") -> Reply:
    """Asked to speak another language: say so, and take up what was open. At the beginning a greeting says enough."""
    if not turn.told:
        greeting = speaker.say(Reply(), speaker.pick("advice/greet", turn.situation), turn.situation)
        return speaker.offer_beside(greeting, language_buttons(turn))
    reply = speaker.say(Reply(), speaker.pick("interface/language_changed", turn.situation), turn.situation)
    question = speaker.library.questions.get(turn.open_question or "")
    if question is not None:
        return speaker.ask(reply, question, turn.situation)
    if (turn.open_question or "").startswith("step."):
        return speaker.show_plan(reply, turn.situation)
    return speaker.offer_beside(reply, language_buttons(turn))


def in_a_foreign_language(speaker: Companion, turn: "Turn") -> Reply:
    """One honest answer in a language that Naast does not speak: the numbers, where help is, and the languages it does
    speak. Where a life may be in danger the safety answer follows; nothing else of the message is relied on."""
    words = speaker.library.foreign[turn.language]
    situation = turn.situation
    if turn.in_alarm:
        reply = Reply([Bubble(speaker.fill(words.safety, situation), contacts=list(EMERGENCY), item="foreign.safety")])
        sure_of_danger = turn.intent == "report_immediate_danger"
        name = "report_immediate_danger" if sure_of_danger else "report_suicidal_risk"
        turn.take_nothing_over()
        turn.settle({"risk_state": "signalled"})
        return speaker.say(reply, speaker.pick(f"safety/{name}", turn.situation), turn.situation)
    turn.take_nothing_over()
    reply = Reply(
        [
            Bubble(speaker.fill(words.here, situation), item="foreign.here"),
            Bubble(speaker.fill(words.help, situation), contacts=list(HELP), item="foreign.help"),
        ],
        open_question=turn.open_question,
    )
    item = speaker.pick("interface/foreign_language", situation)
    reply = speaker.say(reply, item, situation, values={"language": words.name})
    return speaker.offer_beside(reply, language_buttons(turn))
