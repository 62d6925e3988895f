"""Two hundred conversations for the desk's demonstration, as parents would hold them; the real model answers.

What is ordinary in them are training messages of one intent after another; what goes wrong stands in seeds.yml. Nothing
is taken from tests/evaluation: whoever corrects what is measured with measures nothing any more.
"""

from __future__ import annotations

import functools
import random
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import yaml

from naast.desk.conversations.summary import did_not_help
from naast.privacy.redact import find
from tests.servers import ROOT, Conversation

COUNT = 200
PRESS = ""
"""Instead of words: the parent presses the first button of the last answer."""
Script = List[str]
OPENINGS = ("report_sextortion", "report_image_spread", "suspect_something", "ask_prevention", "express_panic")
QUESTIONS = (
    "ask_next_steps",
    "ask_police",
    "ask_evidence",
    "ask_should_we_pay",
    "ask_helpwanted",
    "ask_break_contact",
    "ask_image_removal",
    "ask_start_conversation",
    "ask_aftercare",
    "express_own_guilt",
    "human_handover",
)
WORST_AT = (37, 94, 158)
ALARMED_EVERY, ENGLISH_EVERY = 25, 20
LONGEST = 160


@functools.lru_cache(maxsize=1)
def _content() -> Dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))


def hard() -> List[Tuple[str, str]]:
    """(text, intent that is meant): what the model may get wrong."""
    return [(text, intent) for intent, text in _content()["hard"]]


@functools.lru_cache(maxsize=2)
def _learnt(language: str) -> Dict[str, List[str]]:
    """Training messages by intent that could be a parent's, and complain of nothing."""
    found: Dict[str, List[str]] = {}
    for path in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            kept = [text for text in lines if 12 <= len(text) <= LONGEST and not did_not_help(text) and not find(text)]
            found.setdefault(block["intent"], []).extend(kept)
    return found


def _ordinary(chance: random.Random, language: str) -> Script:
    learnt = _learnt(language)
    script = [chance.choice(learnt[chance.choice(OPENINGS)])]
    for intent in chance.sample(QUESTIONS, chance.choice((0, 1, 1, 2, 3))):
        script.append(PRESS if chance.random() < 0.2 else chance.choice(learnt[intent]))
    if chance.random() < 0.3:
        script.append(chance.choice(learnt["thank"]))
    return script


def scripts() -> List[Script]:
    """The same two hundred every time; the worst stand at WORST_AT, a hard message in every other one."""
    chance = random.Random(1)
    waiting = [text for text, _ in hard()]
    found = []
    for number in range(COUNT):
        language = "en" if number % ENGLISH_EVERY == 3 else "nl"
        script = _ordinary(chance, language)
        if number % ALARMED_EVERY == 7:
            script.append(chance.choice(_learnt("nl")["report_suicidal_risk"]))
        elif waiting and number % 2 == 0 and number not in WORST_AT:
            script.insert(chance.randint(1, len(script)), waiting.pop(0))
        found.append(script)
    for number, worst in zip(WORST_AT, _content()["worst"]):
        found[number] = list(worst)
    return found


def hold(parent: Conversation, script: Sequence[str]) -> None:
    """Say it all to the real servers."""
    for said in script:
        buttons = (
            [each for bubble in parent.answers[-1] for each in bubble.get("buttons", [])] if parent.answers else []
        )
        if said != PRESS:
            parent.say(said)
        elif buttons:
            parent.press_payload(buttons[0]["payload"])
