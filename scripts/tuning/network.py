"""The encoder as a network that can learn: the weights of the package's file, in TensorFlow, which comes with Rasa.

What learns is what naast/understanding/embedding/weights.py can put back: the scale of each block of 32 packed weights,
the biases and the norms. The codes of the weights and the vectors of the words stay as they are.
"""

from __future__ import annotations

from typing import Dict, List, Sequence, Tuple

import numpy as np
import tensorflow as tf

from naast.understanding.embedding.weights import BLOCK, Head, directory

DROPOUT = 0.1


class Encoder(tf.Module):
    def __init__(self, packed: bytes) -> None:
        super().__init__()
        self._head = Head.read(packed)
        tensors = directory(packed)
        self.plain: Dict[str, tf.Variable] = {}
        self.factors: Dict[str, tf.Variable] = {}
        self._codes: Dict[str, tf.Tensor] = {}
        size = self._head.size
        for name, place in tensors.items():
            learns = name.startswith(("l", "emb.ln"))
            if not place.packed:
                values = np.frombuffer(packed, "<f4", place.size // 4, place.offset)
                self.plain[name] = tf.Variable(values, trainable=learns)
                continue
            blocks = np.frombuffer(packed, BLOCK, place.size // BLOCK.itemsize, place.offset)
            width = self._head.inner if name.endswith("fo.w") else size
            weights = _unpacked(blocks).reshape(-1, width // 32, 32)
            self._codes[name] = tf.constant(weights)
            if learns:
                self.factors[name] = tf.Variable(tf.ones(weights.shape[:2]))

    @property
    def learnt(self) -> List[tf.Variable]:
        return [*self.factors.values(), *(each for each in self.plain.values() if each.trainable)]

    def values(self) -> Dict[str, np.ndarray]:
        """What tuned.npz holds."""
        plain = {name: each for name, each in self.plain.items() if each.trainable}
        return {name: each.numpy().astype(np.float16) for name, each in {**self.factors, **plain}.items()}

    def __call__(self, numbers: tf.Tensor, mask: tf.Tensor, dropout: float = 0.0) -> tf.Tensor:
        """Embeddings of shape (texts, size) and of unit length.

        Args:
            numbers: of tokens, shape (texts, longest), int32.
            mask: 1 where there is a token, 0 behind the end of a text; the same shape, float32.
            dropout: share of what is left out while learning.
        """
        texts, longest = tf.unstack(tf.shape(numbers))
        size, heads = self._head.size, self._head.heads
        words = tf.reshape(self._codes["emb.word"], [-1, size])
        places = tf.reshape(self.plain["emb.pos"], [-1, size])[:longest]
        at = tf.gather(words, numbers) + places + self.plain["emb.type"][:size]
        at = _dropped(tf.reshape(self._norm(at, "emb.ln"), [-1, size]), dropout)
        unseen = (1 - mask)[:, None, None, :] * -1e9

        def split(rows: tf.Tensor) -> tf.Tensor:
            return tf.transpose(tf.reshape(rows, [texts, longest, heads, size // heads]), [0, 2, 1, 3])

        for layer in range(self._head.layers):
            query, key, value = (split(self._linear(at, f"l{layer}.{part}")) for part in "qkv")
            likeness = tf.matmul(query, key, transpose_b=True) / (size // heads) ** 0.5
            seen = tf.matmul(tf.nn.softmax(likeness + unseen), value)
            seen = tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), [-1, size])
            at = self._norm(at + _dropped(self._linear(seen, f"l{layer}.ao"), dropout), f"l{layer}.aln")
            inner = tf.nn.gelu(self._linear(at, f"l{layer}.fi"))
            at = self._norm(at + _dropped(self._linear(inner, f"l{layer}.fo"), dropout), f"l{layer}.oln")
        rows = tf.reshape(at, [texts, longest, size]) * mask[:, :, None]
        return tf.nn.l2_normalize(tf.reduce_sum(rows, 1) / tf.reduce_sum(mask, 1, keepdims=True), -1)

    def _linear(self, rows: tf.Tensor, name: str) -> tf.Tensor:
        codes = self._codes[f"{name}.w"] * self.factors[f"{name}.w"][:, :, None]
        weights = tf.reshape(codes, [tf.shape(codes)[0], -1])
        return tf.matmul(rows, weights, transpose_b=True) + self.plain[f"{name}.b"]

    def _norm(self, rows: tf.Tensor, name: str) -> tf.Tensor:
        middle, spread = tf.nn.moments(rows, -1, keepdims=True)
        scaled = (rows - middle) * tf.math.rsqrt(spread + self._head.epsilon)
        return scaled * self.plain[f"{name}.w"] + self.plain[f"{name}.b"]


def padded(rows: Sequence[Sequence[int]]) -> Tuple[np.ndarray, np.ndarray]:
    """Numbers and mask of one batch, for `Encoder`."""
    longest = -(-max(map(len, rows)) // 8) * 8
    numbers, mask = np.ones((len(rows), longest), np.int32), np.zeros((len(rows), longest), np.float32)
    for index, row in enumerate(rows):
        numbers[index, : len(row)], mask[index, : len(row)] = row, 1
    return numbers, mask


def _unpacked(blocks: np.ndarray) -> np.ndarray:
    """The weights of packed blocks, shape (blocks, 32)."""
    codes = np.concatenate([blocks["codes"] & 15, blocks["codes"] >> 4], axis=1).astype(np.float32) - 8
    return codes * blocks["scale"].astype(np.float32)[:, None]


def _dropped(rows: tf.Tensor, share: float) -> tf.Tensor:
    return tf.nn.dropout(rows, share) if share else rows
