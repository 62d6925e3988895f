"""The tuned encoder: the package's weights with ours in them, and the engine reads them as we mean them."""

from __future__ import annotations

import numpy as np
import pytest

from naast.understanding.embedding import encoder, weights
from scripts.tuning.network import Encoder, padded
from scripts.tuning.tokens import Tokens

TEXTS = [
    "Mijn zoon van 14 wordt afgeperst op Snapchat, wat nu?",
    "she  says “nothing” happened…",
    "",
    "ﬁjn, 300€ vóór twaalf uur 😢",
]


@pytest.fixture(scope="module")
def packed() -> bytes:
    return encoder.package_weights().read_bytes()


def unchanged(packed: bytes) -> dict:
    """For each tensor of a weights file what leaves it as it is."""
    return {
        name: np.ones(place.size // weights.BLOCK.itemsize, np.float16)
        if place.packed
        else np.frombuffer(packed, "<f4", place.size // 4, place.offset)
        for name, place in weights.directory(packed).items()
    }


def test_what_was_learnt_stands_in_the_file_and_nothing_else_changes(packed: bytes):
    places = weights.directory(packed)
    norm, scales = places["emb.ln.b"], places["l3.fo.w"]
    learnt = {
        "emb.ln.b": np.full(norm.size // 4, 0.5, np.float16),
        "l3.fo.w": np.full(scales.size // weights.BLOCK.itemsize, 2.0, np.float16),
    }

    result = weights.tuned(packed, learnt)

    assert set(np.frombuffer(result, "<f4", norm.size // 4, norm.offset)) == {0.5}
    before, after = (
        np.frombuffer(each, weights.BLOCK, learnt["l3.fo.w"].size, scales.offset) for each in (packed, result)
    )
    assert np.array_equal(after["codes"], before["codes"])
    assert np.array_equal(after["scale"], 2 * before["scale"])
    for place in (norm, scales):
        result[place.offset : place.offset + place.size] = packed[place.offset : place.offset + place.size]
    assert bytes(result) == packed


def test_factors_of_one_change_nothing(packed: bytes):
    assert bytes(weights.tuned(packed, unchanged(packed))) == packed


@pytest.mark.parametrize("learnt", [{"l3.fo.w": np.ones(7)}, {"l99.q.b": np.ones(384)}])
def test_weights_of_another_model_are_refused(packed: bytes, learnt: dict):
    with pytest.raises(ValueError, match="values learnt for"):
        weights.tuned(packed, learnt)


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="not a weights file"):
        weights.directory(b"PK" + bytes(100))


def test_the_network_that_learns_is_the_engine_that_answers(packed: bytes):
    with np.load(weights.TUNED) as learnt:
        tuned = bytes(weights.tuned(packed, dict(learnt)))
    numbers, mask = padded([Tokens(tuned).of(text) for text in TEXTS])

    embeddings = Encoder(tuned)(numbers, mask).numpy()

    assert (embeddings * encoder.encode(TEXTS)).sum(axis=1) == pytest.approx(1.0, abs=2e-3)


def test_a_network_that_has_learnt_nothing_gives_the_weights_back(packed: bytes):
    values = Encoder(packed).values()

    assert set(values) == set(np.load(weights.TUNED))
    assert bytes(weights.tuned(packed, values)) == packed
