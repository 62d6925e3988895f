"""`make tune-encoder`: lets the sentence encoder learn from Naast's training messages, and writes tuned.npz.

Made once in a while, after much new training data: half an hour on two quiet cores. Heads for intent, danger, blame and
facts learn with the encoder and are thrown away: the components of config.yml learn anew on what it makes of a message.
The voices that cross-validation leaves out are left out here too, so that it shows what the tuning is worth.
"""

from __future__ import annotations

import time
from typing import Dict, Iterator, List, Sequence

import numpy as np
import tensorflow as tf

from naast.understanding.embedding.encoder import package_weights
from naast.understanding.embedding.weights import TUNED
from scripts.tuning.labels import BLAME, DANGER, INTENT, KIND, Labels, by_text
from scripts.tuning.network import DROPOUT, Encoder, padded
from scripts.tuning.tokens import Tokens

EPOCHS = 2
BATCH = 64
SORTED_TOGETHER = 40
"""Batches whose texts are sorted by length, so that little is padded."""
RATE, HEAD_RATE = 1e-3, 3e-3
WARM = 0.06
"""Share of the steps in which the rate rises; then it falls to nothing."""
WEIGHTS = {INTENT: 1.0, DANGER: 1.0, BLAME: 0.5, KIND: 0.3}
FACT_WEIGHT = 0.15
NEAR = 1e-4
"""How strongly the scales are held where they were."""
SPREAD = 20.0
"""Embeddings lie close together: times this, their differences are about 1."""
UNKNOWN = -1


class Heads:
    """One linear head a task; together they say how well the embeddings tell the labels apart."""

    def __init__(self, labels: Sequence[Labels], size: int, middle: np.ndarray) -> None:
        self.tasks = sorted({task for each in labels for task in each})
        values = {task: sorted({each[task] for each in labels if task in each}) for task in self.tasks}
        self.targets = np.array(
            [[values[task].index(each[task]) if task in each else UNKNOWN for each in labels] for task in self.tasks],
            np.int32,
        )
        self._middle = tf.constant(middle)
        self._weights = [tf.Variable(tf.zeros([size, len(values[task])])) for task in self.tasks]
        self._biases = [tf.Variable(tf.zeros([len(values[task])])) for task in self.tasks]

    @property
    def learnt(self) -> List[tf.Variable]:
        return [*self._weights, *self._biases]

    def losses(self, embeddings: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        """Of each task, shape (tasks,); targets of shape (tasks, texts)."""
        rows = tf.nn.dropout((embeddings - self._middle) * SPREAD, DROPOUT)
        found = []
        for target, weights, biases in zip(tf.unstack(targets, len(self.tasks)), self._weights, self._biases):
            known = tf.cast(target != UNKNOWN, tf.float32)
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(
                tf.maximum(target, 0), tf.matmul(rows, weights) + biases
            )
            found.append(tf.reduce_sum(each * known) / BATCH)
        return tf.stack(found)


def batches(lengths: np.ndarray, chance: np.random.Generator) -> Iterator[np.ndarray]:
    """Every text once: texts of about one length together, in any order."""
    order = chance.permutation(len(lengths))
    for start in range(0, len(order), BATCH * SORTED_TOGETHER):
        part = order[start : start + BATCH * SORTED_TOGETHER]
        part = part[np.argsort(lengths[part], kind="stable")]
        cut = [part[index : index + BATCH] for index in range(0, len(part), BATCH)]
        for index in chance.permutation(len(cut)):
            yield cut[index]


def tune(packed: bytes, labelled: Dict[str, Labels]) -> Dict[str, np.ndarray]:
    tf.random.set_seed(1)
    chance = np.random.default_rng(1)
    tokens, encoder = Tokens(packed), Encoder(packed)
    rows = [tokens.of(text) for text in labelled]
    lengths = np.array([len(row) for row in rows])
    some = [rows[index] for index in chance.permutation(len(rows))[:BATCH]]
    middle = tf.reduce_mean(encoder(*padded(some)), 0).numpy()
    heads = Heads(list(labelled.values()), len(middle), middle)
    weights = tf.constant([WEIGHTS.get(task, FACT_WEIGHT) for task in heads.tasks])
    rate, head_rate = tf.Variable(RATE), tf.Variable(HEAD_RATE)
    of_encoder, of_heads = tf.keras.optimizers.Adam(rate, beta_2=0.98), tf.keras.optimizers.Adam(head_rate)

    @tf.function(
        reduce_retracing=True,
        input_signature=[
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([None, None], tf.float32),
            tf.TensorSpec([len(heads.tasks), None], tf.int32),
        ],
    )
    def step(numbers: tf.Tensor, mask: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            losses = heads.losses(encoder(numbers, mask, DROPOUT), targets)
            far = tf.add_n([tf.reduce_sum(tf.square(each - 1)) for each in encoder.factors.values()])
            loss = tf.reduce_sum(losses * weights) + NEAR * far
        learnt = encoder.learnt + heads.learnt
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, learnt), 1.0)
        of_encoder.apply_gradients(zip(gradients[: len(encoder.learnt)], encoder.learnt))
        of_heads.apply_gradients(zip(gradients[len(encoder.learnt) :], heads.learnt))
        return losses

    steps, done, started, recent = EPOCHS * -(-len(rows) // BATCH), 0, time.monotonic(), []
    for _ in range(EPOCHS):
        for batch in batches(lengths, chance):
            share = min((done + 1) / (WARM * steps), 1.0) * max(1 - done / steps, 0.02)
            rate.assign(RATE * share)
            head_rate.assign(HEAD_RATE * max(share, 0.1))
            recent.append(step(*padded([rows[index] for index in batch]), heads.targets[:, batch]).numpy())
            done += 1
            if done % 50 == 0:
                shown = dict(zip(heads.tasks, np.mean(recent, axis=0)))
                parts = "  ".join(f"{task} {shown[task]:.3f}" for task in WEIGHTS if task in shown)
                print(f"step {done} of {steps}, {time.monotonic() - started:.0f} s: {parts}", flush=True)
                recent = []
    return encoder.values()


def main() -> None:
    labelled = by_text()
    print(f"{len(labelled)} messages", flush=True)
    packed = package_weights().read_bytes()
    np.savez_compressed(TUNED, **tune(packed, labelled))


if __name__ == "__main__":
    main()
