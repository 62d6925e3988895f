"""Ten messages in each language Naast does not speak: a sign of danger is seen without a model, calm is left alone."""

from pathlib import Path

import pytest
import yaml

from naast.understanding.language.detect import detect
from naast.understanding.safety import patterns

MESSAGES = yaml.safe_load(Path(__file__).with_name("foreign_safety.yml").read_text(encoding="utf-8"))
DANGER = [(language, text) for language, kinds in MESSAGES.items() for text in kinds["danger"]]
CALM = [(language, text) for language, kinds in MESSAGES.items() for text in kinds["calm"]]


def test_there_are_ten_of_each():
    assert {language: len(kinds["danger"]) for language, kinds in MESSAGES.items()} == dict.fromkeys(MESSAGES, 10)
    assert {"tr", "ar", "pl", "uk", "fr", "de"} <= set(MESSAGES)


@pytest.mark.parametrize(("language", "text"), DANGER)
def test_danger_is_seen(language, text):
    assert patterns.read(text).hits


@pytest.mark.parametrize(("language", "text"), CALM)
def test_calm_raises_nothing(language, text):
    assert not patterns.read(text).hits


@pytest.mark.parametrize(("language", "text"), DANGER + CALM)
def test_the_language_is_recognised(language, text):
    assert detect(text).code == language
