"""Embeddings of training texts, kept on disk from one training to the next: embedding them is most of a training.

Only texts of the training data come here, never a parent's message. Beside Rasa's own training cache, so that
`RASA_CACHE_DIRECTORY` and `make clean` hold for both. Everything in it can be made anew: what cannot be read is thrown
away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Sequence

import numpy as np
from rasa.engine.caching import CACHE_LOCATION_ENV, DEFAULT_CACHE_LOCATION

FILE = "naast-embeddings.db"
MOST_KEPT = 100_000
"""Texts, 1.6 kB each; those that the fewest trainings ago were used are kept."""
WRITTEN_AT_ONCE = 1024
"""Texts: a training that is stopped keeps what it had embedded until then."""
_READ_AT_ONCE = 500

Encode = Callable[[List[str]], np.ndarray]


def file() -> Path:
    """Where embeddings are kept."""
    return Path(os.environ.get(CACHE_LOCATION_ENV, DEFAULT_CACHE_LOCATION)) / FILE


def encode_kept(texts: Sequence[str], encode: Encode, engine: str, dimension: int) -> np.ndarray:
    """Embeddings of texts, shape (n, dimension); each different text is embedded at most once, now or earlier.

    Args:
        texts: as the encoder gets them.
        encode: embeds what is not kept.
        engine: name and version of the encoder; another one's embeddings are not used.
        dimension: of an embedding, float32.
    """
    keys = [_key(engine, text) for text in texts]
    wanted = dict(zip(keys, texts))
    with _opened(file()) as kept:
        found = _read(kept, list(wanted), dimension)
        missing = [key for key in wanted if key not in found]
        for start in range(0, len(missing), WRITTEN_AT_ONCE):
            part = missing[start : start + WRITTEN_AT_ONCE]
            made = dict(zip(part, encode([wanted[key] for key in part])))
            found.update(made)
            _write(kept, made)
        _forget(kept, found)
    return np.vstack([found[key] for key in keys]) if keys else np.zeros((0, dimension), dtype=np.float32)


def _key(engine: str, text: str) -> bytes:
    return hashlib.sha256(f"{engine}\0{text}".encode()).digest()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database; one that is damaged is made anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _prepared(path)
    except sqlite3.DatabaseError:
        path.unlink()
        connection = _prepared(path)
    with contextlib.closing(connection):
        yield connection


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        with connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS embeddings"
                " (key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL, used INTEGER NOT NULL)"
            )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _read(kept: sqlite3.Connection, keys: List[bytes], dimension: int) -> Dict[bytes, np.ndarray]:
    found = {}
    for start in range(0, len(keys), _READ_AT_ONCE):
        part = keys[start : start + _READ_AT_ONCE]
        marks = ",".join("?" * len(part))
        query = f"SELECT key, vector, checksum FROM embeddings WHERE key IN ({marks})"
        for key, vector, checksum in kept.execute(query, part):
            if zlib.crc32(vector) == checksum and len(vector) == dimension * np.dtype(np.float32).itemsize:
                found[key] = np.frombuffer(vector, dtype=np.float32)
    return found


def _write(kept: sqlite3.Connection, made: Dict[bytes, np.ndarray]) -> None:
    blobs = {key: np.ascontiguousarray(vector, dtype=np.float32).tobytes() for key, vector in made.items()}
    rows = [(key, blob, zlib.crc32(blob)) for key, blob in blobs.items()]
    with kept:
        kept.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, 0)", rows)


def _forget(kept: sqlite3.Connection, used: Dict[bytes, np.ndarray]) -> None:
    """Note what this training used, and drop what was not used for longest where there is too much."""
    with kept:
        (latest,) = kept.execute("SELECT coalesce(max(used), 0) + 1 FROM embeddings").fetchone()
        kept.executemany("UPDATE embeddings SET used = ? WHERE key = ?", [(latest, key) for key in used])
        kept.execute(
            "DELETE FROM embeddings WHERE key NOT IN (SELECT key FROM embeddings ORDER BY used DESC LIMIT ?)",
            (MOST_KEPT,),
        )
