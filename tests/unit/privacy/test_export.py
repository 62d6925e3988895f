"""What a parent may read of itself: every fact has words, nothing that is kept is left out, nothing is invented."""

import datetime
from pathlib import Path

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.privacy.export import export, words

DOMAIN = yaml.safe_load((Path(__file__).parents[3] / "domain.yml").read_text())
TODAY = datetime.date(2026, 3, 1)


def test_every_slot_has_words_or_is_said_to_be_kept_for_the_conversation_itself():
    assert words().facts.keys() | set(words().working) == DOMAIN["slots"].keys()
    assert not words().facts.keys() & set(words().working)


def test_what_was_said_and_what_is_known_stand_in_it():
    button = {"title": "Er is betaald", "payload": "/affirm"}
    tracker = DialogueStateTracker.from_events(
        "x",
        [
            UserUttered("mijn zoon [naam] van 14", {"name": "report_sextortion", "confidence": 1.0}),
            SlotSet("child_age", 14.0),
            SlotSet("paid", False),
            SlotSet("platforms", ["tiktok"]),
            BotUttered("Adem eerst rustig uit.", {"buttons": [button]}),
            UserUttered("/affirm", {"name": "affirm", "confidence": 1.0}),
        ],
        domain=Domain.from_dict({"slots": DOMAIN["slots"], "intents": ["report_sextortion", "affirm"]}),
        slots=Domain.from_dict({"slots": DOMAIN["slots"]}).slots,
    )
    text = export(tracker, TODAY, 45)
    for piece in ("01-03-2026", "45 dagen", "Leeftijd: 14", "Er is betaald: nee", "TikTok", "mijn zoon [naam] van 14"):
        assert piece in text
    assert "Naast: Adem eerst rustig uit." in text and "Jij: Er is betaald" in text and "/affirm" not in text
    assert "Mijn kind wordt gechanteerd" in text  # what Naast took it for is kept, so it is told


def test_of_nothing_nothing_is_said():
    text = export(None, TODAY, 45)
    assert words().texts["nothing"] in text and words().texts["facts_title"] not in text
