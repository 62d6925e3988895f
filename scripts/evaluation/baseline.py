"""`make baseline`: trains Rasa's default pipeline and ours on the same messages, one after the other, and times both.

The default pipeline is what `rasa init` gives: a config without a pipeline, which Rasa fills in. Training it takes
half an hour, so both models are kept in var/baseline under a hash of what they learnt from.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict

KEPT = Path("var/baseline")
MESSAGES = Path("data/nlu")
LEARNT_FROM = (MESSAGES, Path("naast/understanding"), Path("config.yml"), Path("domain.yml"))
DEFAULT, NAAST = "default", "naast"
LOG = Path("logs/baseline.log")


@dataclasses.dataclass(frozen=True)
class Trained:
    """`seconds` and peak `megabytes` of the training process, `size` of the archive in megabytes."""

    model: str
    seconds: float
    megabytes: float
    size: float


def folder() -> Path:
    """Where the pair trained on the data of today is, or will be."""
    digest = hashlib.sha256()
    for root in LEARNT_FROM:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix in (".yml", ".py"):
                digest.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return KEPT / digest.hexdigest()[:16]


def trained() -> Dict[str, Trained]:
    """Both models with their training figures; trains them when the data changed."""
    kept = folder() / "trained.json"
    if not kept.exists():
        shutil.rmtree(KEPT, ignore_errors=True)
        folder().mkdir(parents=True)
        plain = folder() / "default.yml"
        plain.write_text("recipe: default.v1\nassistant_id: default_pipeline\nlanguage: nl\n", encoding="utf-8")
        both = {NAAST: _train(NAAST, "config.yml"), DEFAULT: _train(DEFAULT, str(plain))}
        kept.write_text(json.dumps({name: dataclasses.asdict(each) for name, each in both.items()}, indent=1))
    return {name: Trained(**each) for name, each in json.loads(kept.read_text()).items()}


def _train(name: str, config: str) -> Trained:
    print(f"==> training {name} (log: {LOG})", flush=True)
    cache = folder() / f"{name}.cache"
    arguments = ["--config", config, "--nlu", str(MESSAGES), "--out", str(folder()), "--fixed-model-name", name]
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(cache), "OMP_WAIT_POLICY": "passive"}
    started = time.perf_counter()
    with LOG.open("w") as log:
        command = [sys.executable, "-m", "rasa", "train", "nlu", *arguments]
        done = subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"naast: the {name} pipeline could not be trained; the log is {LOG}")
    seconds = time.perf_counter() - started
    # The peak of children is the largest so far: ours is trained first, and it is the smaller one.
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    shutil.rmtree(cache, ignore_errors=True)
    model = folder() / f"{name}.tar.gz"
    return Trained(str(model), seconds, megabytes, model.stat().st_size / 1e6)


if __name__ == "__main__":
    trained()
