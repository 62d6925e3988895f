import numpy as np
import yaml
from scipy import sparse

from naast.understanding import ngrams
from naast.understanding.embedding.encoder import DIMENSION, MAX_CHARACTERS, encode
from naast.understanding.features import Weighting
from naast.understanding.linear import LinearModel
from tests.servers import ROOT


def test_the_encoder_takes_any_text():
    odd = ["", "   ", "\ud800", "\x00", "😢" * 500, "a" * 10_000, "<script>alert(1)</script>"]
    vectors = encode(odd)
    assert vectors.shape == (len(odd), DIMENSION) and np.isfinite(vectors).all()
    assert encode([]).shape == (0, DIMENSION)


def test_several_texts_together_are_embedded_as_each_alone():
    texts = ["mijn zoon wordt gechanteerd", "ja", "wat moeten we nu doen, hij wil niet naar school"]
    assert np.array_equal(encode(texts), np.vstack([encode([text]) for text in texts]))


def test_only_the_beginning_of_a_long_text_is_embedded():
    start = "mijn zoon wordt afgeperst " * 60
    assert len(start) > MAX_CHARACTERS
    assert np.array_equal(encode([start])[0], encode([start + " en nog veel meer"])[0])


def test_like_meanings_lie_closer_than_unlike_ones():
    paid, pay, weather = encode(["moeten we betalen?", "zal ik het geld overmaken?", "wat voor weer wordt het?"])
    assert paid @ pay > paid @ weather


def rows():
    counts = sparse.csr_matrix(np.array([[2.0, 0, 1], [0, 1, 0], [0, 0, 3]]))
    dense = np.arange(12.0).reshape(3, 4)
    return counts, dense


def test_a_message_without_a_known_word_is_a_row_of_zeros_beside_its_embedding():
    counts, dense = rows()
    weighting = Weighting.learn(counts, dense, dense_scale=1.0)
    row = weighting.rows(sparse.csr_matrix((1, 0)), dense[:1]).toarray()[0]
    assert row.shape == (7,) and not row[:3].any() and row[3:].any()


def test_weighting_and_model_survive_as_plain_arrays(tmp_path):
    counts, dense = rows()
    weighting = Weighting.learn(counts, dense, dense_scale=1.5)
    matrix = weighting.rows(counts, dense)
    model = LinearModel.fit(matrix, ["a", "b", "c"], regularisation=10, max_iter=200, tolerance=1e-4)
    np.savez(tmp_path / "kept.npz", **weighting.arrays(), **model.arrays())
    with np.load(tmp_path / "kept.npz", allow_pickle=False) as kept:
        again = LinearModel.from_arrays(kept).probabilities(Weighting.from_arrays(kept).rows(counts, dense))
    probabilities = model.probabilities(matrix)
    assert np.allclose(probabilities, again) and np.allclose(probabilities.sum(axis=1), 1)
    assert [model.labels[index] for index in probabilities.argmax(axis=1)] == ["a", "b", "c"]


def test_two_labels_agree_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    generator = np.random.default_rng(0)
    matrix = sparse.csr_matrix(generator.normal(size=(40, 5)))
    labels = ["yes" if value > 0 else "no" for value in matrix.toarray()[:, 0]]
    model = LinearModel.fit(matrix, labels, regularisation=1.0, max_iter=500, tolerance=1e-6)
    reference = LogisticRegression(C=1.0, max_iter=500, tol=1e-6, class_weight="balanced", multi_class="multinomial")
    assert np.allclose(model.probabilities(matrix), reference.fit(matrix, labels).predict_proba(matrix), atol=1e-3)


def test_rows_laid_beside_each_other_are_those_of_scipy():
    left, right = ngrams.count(["nu willen ze geld"]), ngrams.count(["hij is 14", "ja"])
    nothing = sparse.csr_matrix((1, 4))
    for first, second in ((left, left), (right, right), (nothing, left), (left, nothing)):
        made, expected = ngrams.beside(first, second), sparse.hstack([first, second], format="csr")
        assert made.shape == expected.shape and (made != expected).nnz == 0
        assert np.array_equal(made.indices, expected.indices) and np.array_equal(made.data, expected.data)


def test_one_message_alone_is_the_row_it_is_among_others():
    files = sorted((ROOT / "data" / "nlu" / "nl").glob("*.yml"))
    blocks = [block for file in files for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    texts = [line for block in blocks for line in block["examples"].splitlines()[:5]][:200]
    assert len(texts) == 200
    counts, dense = ngrams.count(texts), np.random.default_rng(7).normal(size=(len(texts), DIMENSION))
    weighting = Weighting.learn(counts, dense, 1.0)
    together = weighting.rows(counts, dense)
    for index, text in enumerate(texts):
        alone = weighting.rows(ngrams.count([text]), dense[index : index + 1])
        assert (alone != together[index]).nnz == 0
