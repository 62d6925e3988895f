"""A training that is kept is used again only where nothing that decides it has changed."""

import pytest

from naast.understanding import trained
from naast.understanding.acts.component import ActFinder
from naast.understanding.blame.component import BlameDetector
from naast.understanding.embedding import encoder
from naast.understanding.embedding.component import SentenceEmbeddingFeaturizer
from naast.understanding.facts.component import FactExtractor
from naast.understanding.intent.component import WeightedLogisticRegressionClassifier
from naast.understanding.safety.component import SafetyGuard

ON_EMBEDDINGS = [WeightedLogisticRegressionClassifier, SentenceEmbeddingFeaturizer, FactExtractor, BlameDetector]


@pytest.mark.parametrize("component", [*ON_EMBEDDINGS, SafetyGuard, ActFinder])
def test_what_weighs_and_fits_makes_it_train_again(component, tmp_path, monkeypatch):
    before = component.fingerprint_addon({})
    assert before == component.fingerprint_addon({})
    (tmp_path / "features.py").write_text("# weighed in another way")
    monkeypatch.setattr(trained, "SHARED", tmp_path)
    assert component.fingerprint_addon({}) != before


@pytest.mark.parametrize("component", ON_EMBEDDINGS)
def test_another_encoder_makes_it_train_again(component, tmp_path, monkeypatch):
    before = component.fingerprint_addon({})
    other = tmp_path / "encoder.py"
    other.write_text("# another one")
    monkeypatch.setattr(encoder, "__file__", str(other))
    assert component.fingerprint_addon({}) != before
