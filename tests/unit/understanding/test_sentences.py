"""Sentences know their place, and a stretch without a full stop is read in windows."""

import pytest

from naast.understanding.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hij is 14. Wat nu?", ["Hij is 14.", "Wat nu?"]),
        ("help!!! moet ik betalen?? ja", ["help!!!", "moet ik betalen??", "ja"]),
        ("regel een\nregel twee", ["regel een", "regel twee"]),
        ("om 8.30 uur, 1.500 euro", ["om 8.30 uur, 1.500 euro"]),
        ("", []),
        ("   \n ", []),
        ("...", []),
    ],
)
def test_cuts_where_a_sentence_ends(text, expected):
    assert [sentence.text for sentence in sentences(text)] == expected


def test_a_sentence_stands_where_it_says():
    text = "  Mijn zoon is 14.  Hij heeft niets betaald! "
    assert [text[s.start : s.end] for s in sentences(text)] == [s.text for s in sentences(text)]


def test_a_long_stretch_is_cut_in_windows_that_overlap_and_lose_nothing():
    words = [f"woord{number}" for number in range(100)]
    windows = [sentence.text.split() for sentence in sentences(" ".join(words))]
    assert max(map(len, windows)) == LONGEST
    assert set(words) == {word for window in windows for word in window}
    assert set(windows[0]) & set(windows[1])
