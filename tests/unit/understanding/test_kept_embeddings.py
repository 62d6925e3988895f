"""A training embeds only what is new, and never trusts what it finds on the disk."""

import numpy as np
import pytest
from rasa.engine.caching import CACHE_LOCATION_ENV

from naast.understanding.embedding import encoder, kept

DIMENSION = 3


class Engine:
    """Embeds a text as three numbers, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked += texts
        return np.array([[len(text), len(set(text)), ord(text[0])] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_LOCATION_ENV, str(tmp_path))


def embed(texts, engine="one"):
    asked = Engine()
    vectors = kept.encode_kept(texts, asked, engine, DIMENSION)
    assert np.array_equal(vectors, Engine()(texts)) if texts else vectors.shape == (0, DIMENSION)
    return asked.asked


def test_a_text_is_embedded_once_now_and_later():
    assert embed(["een", "twee", "een"]) == ["een", "twee"]
    assert embed(["twee", "drie"]) == ["drie"]
    assert embed([]) == []


def test_another_engine_or_another_text_is_not_served():
    embed(["een"])
    assert embed(["een"], engine="two") == ["een"]
    assert embed(["Een"]) == ["Een"]


def test_what_is_damaged_is_made_anew():
    embed(["een", "twee"])
    damaged = kept.file().read_bytes().replace(Engine()(["een"]).tobytes(), b"\xff" * 12)
    kept.file().write_bytes(damaged)
    assert embed(["een", "twee"]) == ["een"]
    kept.file().write_bytes(b"no database at all" * 1000)
    assert embed(["een", "twee"]) == ["een", "twee"]
    kept.file().write_bytes(kept.file().read_bytes()[:5000])
    assert embed(["een"]) == ["een"]


def test_it_is_bounded_and_keeps_what_was_used_last(monkeypatch):
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    embed(["a", "b", "c"])
    embed(["a", "d"])
    assert embed(["a", "d"]) == []
    assert len(embed(["b", "c"])) == 1


def test_a_training_that_is_stopped_keeps_what_it_had(monkeypatch):
    monkeypatch.setattr(kept, "WRITTEN_AT_ONCE", 2)

    def stops(texts):
        if "c" in texts:
            raise KeyboardInterrupt
        return Engine()(texts)

    with pytest.raises(KeyboardInterrupt):
        kept.encode_kept(["a", "b", "c"], stops, "one", DIMENSION)
    assert embed(["a", "b", "c"]) == ["c"]


def test_the_encoder_gives_the_same_from_the_disk():
    texts = ["mijn zoon wordt gechanteerd", "", "lone \ud800 surrogate", "x" * 5000]
    expected = encoder.encode(texts)
    for _ in range(2):
        assert np.array_equal(encoder.encode_for_training(texts), expected)
