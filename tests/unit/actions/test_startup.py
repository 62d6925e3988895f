"""The action server starts with all it says, or not at all."""

import pytest

from actions import speaking
from actions.fallback import ActionDefaultFallback
from naast.guidance.library import languages
from naast.guidance.reading import GuidanceError


@pytest.fixture
def nothing_loaded():
    speaking.companion.cache_clear()
    yield
    speaking.companion.cache_clear()


@pytest.mark.parametrize("damaged", languages())
def test_a_mistake_in_any_language_stops_the_start(damaged, nothing_loaded, monkeypatch):
    def load(language):
        if language == damaged:
            raise GuidanceError(f"guidance/{language}/wording.yml:1: no")

    monkeypatch.setattr(speaking, "load", load)
    monkeypatch.setattr(speaking, "Companion", lambda library: library)
    with pytest.raises(GuidanceError):
        ActionDefaultFallback()
