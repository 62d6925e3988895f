"""What is calm: messages in which no life is in danger, whatever else they say.

Three sources: the files in safety/examples, written for this, and what facts and blame learn from. What the patterns
take for a sign is left out of the borrowed ones: nobody read those for danger.
"""

from __future__ import annotations

import pathlib
from typing import Collection, Dict, List, Tuple

import numpy as np
import yaml

from naast.understanding.blame import examples as of_blame
from naast.understanding.embedding.encoder import encode_for_training
from naast.understanding.facts import examples as of_facts
from naast.understanding.safety import patterns

DIRECTORY = pathlib.Path(__file__).with_name("examples")
ASKED_OF_A_CHILD_IN_DANGER = frozenset({("demands", "self_harm"), ("demands", "meeting")})


def own_examples() -> Dict[str, List[str]]:
    """The messages of safety/examples, by the name of their file."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DIRECTORY.glob("*.yml"))}


def calm_texts(without: Collection[str] = ()) -> List[str]:
    """The calm texts; `without` names files of safety/examples to leave out."""
    own = [text for name, texts in own_examples().items() if name not in without for text in texts]
    pieces = [piece.text for piece in of_facts.load_pieces() if not piece.said & ASKED_OF_A_CHILD_IN_DANGER]
    borrowed = [*pieces, *of_blame.load_examples()[0]]
    return own + [text for text in borrowed if not patterns.read(text).hits]


def load_calm(without: Collection[str] = ()) -> Tuple[List[str], np.ndarray]:
    """The same with their embeddings, shape (n, 384)."""
    texts = calm_texts(without)
    return texts, encode_for_training(texts)
