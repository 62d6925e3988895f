"""What changes how safe a child is, and what follows on an alarm, as the patterns read it."""

from typing import Any, Set

import pytest

from naast.understanding.facts.extract import extract


def said(name: str, text: str) -> Set[Any]:
    return {fact.value for fact in extract(text) if fact.name == name}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zijn stiefvader vermoort hem als dit uitkomt", "home_unsafe"),
        ("als haar broers horen, zij maken haar dood", "home_unsafe"),
        ("ze is verdwenen, haar fiets is weg", "missing"),
        ("ze is plots muisstil", "silent"),
        ("hij neemt zijn gsm niet op", "silent"),
        ("zijn webcam staat nog aan", "live_now"),
        ("hij hangt nog in een videogesprek met die gasten", "live_now"),
    ],
)
def test_what_changes_how_safe_a_child_is(text, value):
    assert value in said("circumstance", text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn man vermoordt die kerel", "home_unsafe"),
        ("het is al weken stil", "silent"),
        ("de site reageert niet", "silent"),
        ("zijn account is weg", "missing"),
        ("gisteren heeft ze met de camera aan gebeld", "live_now"),
    ],
)
def test_what_only_sounds_like_it(text, value):
    assert value not in said("circumstance", text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("de politie heeft haar terug", "safe_now"),
        ("hij zit bij mijn zus", "safe_now"),
        ("we hebben 112 verwittigd", "emergency_called"),
        ("we wachten op de spoedafdeling", "at_hospital"),
        ("twee sneetjes, niet diep", "wounded"),
        ("stekker eruit getrokken", "stopped_live"),
        ("ze is nog op stage", "at_school"),
    ],
)
def test_what_follows_on_an_alarm(text, value):
    assert value in said("topic", text)


@pytest.mark.parametrize("text", ["112 nog niet gebeld", "moeten we 112 bellen?"])
def test_112_that_was_not_called(text):
    assert "emergency_called" not in said("topic", text)
