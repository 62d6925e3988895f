"""What a parent may read of itself: every fact has words, nothing that is kept is left out, nothing is invented."""

import datetime
from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from naast.channels.language import switch_to
from naast.guidance.library import languages
from naast.privacy.export import as_file, export, words

DOMAIN = yaml.safe_load((Path(__file__).parents[3] / "domain.yml").read_text())
TODAY = datetime.date(2026, 3, 1)


INTENTS = ["report_sextortion", "affirm", "greet"]


def kept(*events):
    domain = Domain.from_dict({"slots": DOMAIN["slots"], "intents": INTENTS})
    return DialogueStateTracker.from_events("x", list(events), domain=domain, slots=domain.slots)


def said(text, intent, **metadata):
    return UserUttered(text, {"name": intent, "confidence": 1.0}, metadata=metadata)


@pytest.mark.parametrize("language", languages())
def test_every_slot_has_words_or_is_said_to_be_kept_for_the_conversation_itself(language):
    own = words(language)
    assert own.facts.keys() | set(own.working) == DOMAIN["slots"].keys()
    assert not own.facts.keys() & set(own.working)


def test_what_was_said_and_what_is_known_stand_in_it():
    tracker = kept(
        said("mijn zoon [naam] van 14", "report_sextortion"),
        SlotSet("child_age", 14.0),
        SlotSet("paid", False),
        SlotSet("platforms", ["tiktok"]),
        BotUttered("Adem eerst rustig uit.", {"buttons": [{"title": "Er is betaald", "payload": "/affirm"}]}),
        said("/affirm", "affirm"),
    )
    text = export(tracker, TODAY, 45)
    for piece in ("01-03-2026", "45 dagen", "Leeftijd: 14", "Er is betaald: nee", "TikTok", "mijn zoon [naam] van 14"):
        assert piece in text
    assert "Naast: Adem eerst rustig uit." in text and "Jij: Er is betaald" in text and "/affirm" not in text
    assert "Mijn kind wordt gechanteerd" in text  # what Naast took it for is kept, so it is told


def test_it_comes_in_the_language_of_the_conversation():
    tracker = kept(
        said("my son [name] is 14", "report_sextortion"),
        SlotSet("child_age", 14.0),
        SlotSet("paid", False),
        SlotSet("demands", ["money"]),
        SlotSet("country", "be"),
        SlotSet("language", "en"),
        BotUttered("Breathe out first.", metadata={"language": "en"}),
    )
    file = as_file(tracker, TODAY, 45, "en")
    assert file["name"] == "what-naast-knows.txt"
    for piece in ("45 days", "Age: 14", "paid: no", "demanded: money", "Country: Belgium", "Language: English"):
        assert piece in file["text"]
    assert "You: my son [name] is 14" in file["text"] and "(Naast read this as: My child is being" in file["text"]
    assert as_file(tracker, TODAY, 45, None)["name"] == "wat-naast-weet.txt"


def test_what_was_pressed_reads_as_what_the_button_said():
    tracker = kept(
        said(switch_to("en"), "greet"),
        BotUttered("Of course.", {"buttons": [{"title": "Yes", "payload": "/affirm"}]}),
        said("/affirm", "affirm", title="Yes, with us"),
        said("/greet", "greet", title="/start"),
    )
    lines = export(tracker, TODAY, 45, "en").splitlines()
    assert lines[lines.index("What was said") + 1 :] == [
        "You: English",
        "Naast: Of course.",
        "You: Yes, with us",
        "You: /start",
    ]


def test_of_nothing_nothing_is_said():
    text = export(None, TODAY, 45)
    assert words().texts["nothing"] in text and words().texts["facts_title"] not in text
