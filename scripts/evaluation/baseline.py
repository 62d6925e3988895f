"""`make baseline`: trains Rasa's default pipeline and ours on the same messages, one after the other, and times both.

The default pipeline is what `rasa init` gives: a config without a pipeline, which Rasa fills in. On all messages it
would train for two hours, and a comparison that takes so long is never run again. So both learn from every twentieth
message of each intent, and each model is kept in var/baseline under a hash of what it learnt from.
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
from typing import Dict, List

import yaml

KEPT = Path("var/baseline")
MESSAGES = Path("data/nlu")
DEFAULT, NAAST = "default", "naast"
LEARNT_FROM = {
    NAAST: (MESSAGES, Path("naast/understanding"), Path("config.yml"), Path("domain.yml")),
    DEFAULT: (MESSAGES,),
}
DEFAULT_CONFIG = "recipe: default.v1\nassistant_id: default_pipeline\nlanguage: nl\n"
EVERY = 20
LOG = Path("logs/baseline.log")


@dataclasses.dataclass(frozen=True)
class Trained:
    """`seconds` and peak `megabytes` of the training process, `size` of the archive in megabytes."""

    model: str
    seconds: float
    megabytes: float
    size: float


def _folder(name: str) -> Path:
    """Where the model trained on what there is today stands, or will stand."""
    digest = hashlib.sha256()
    for root in LEARNT_FROM[name]:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix in (".yml", ".py"):
                digest.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return KEPT / f"{name}-{digest.hexdigest()[:16]}"


def trained() -> Dict[str, Trained]:
    """Both models with their training figures; trains what changed, ours first: memory is the highest peak so far."""
    return {name: _kept(name) for name in (NAAST, DEFAULT)}


def _kept(name: str) -> Trained:
    folder = _folder(name)
    figures = folder / "trained.json"
    if not figures.exists():
        for older in KEPT.glob(f"{name}-*"):
            shutil.rmtree(older)
        folder.mkdir(parents=True)
        figures.write_text(json.dumps(dataclasses.asdict(_train(name, folder)), indent=1))
    return Trained(**json.loads(figures.read_text()))


def sample() -> str:
    """Every twentieth training message of each intent, as Rasa's training data."""
    by_intent: Dict[str, List[str]] = {}
    for path in sorted(MESSAGES.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            by_intent.setdefault(block["intent"], []).extend(block["examples"].splitlines())
    blocks = [{"intent": name, "examples": "\n".join(lines[::EVERY]) + "\n"} for name, lines in by_intent.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)


def _train(name: str, folder: Path) -> Trained:
    print(f"==> training {name} (log: {LOG})", flush=True)
    LOG.parent.mkdir(exist_ok=True)
    messages = folder / "nlu.yml"
    messages.write_text(sample(), encoding="utf-8")
    config, cache = Path("config.yml"), folder / "cache"
    if name == DEFAULT:
        config = folder / "config.yml"
        config.write_text(DEFAULT_CONFIG, encoding="utf-8")
    arguments = ["--config", str(config), "--nlu", str(messages), "--out", str(folder), "--fixed-model-name", name]
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(cache), "OMP_WAIT_POLICY": "passive"}
    started = time.perf_counter()
    with LOG.open("w") as log:
        command = [sys.executable, "-m", "rasa", "train", "nlu", *arguments]
        done = subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"naast: the {name} pipeline could not be trained; the log is {LOG}")
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    shutil.rmtree(cache, ignore_errors=True)
    model = folder / f"{name}.tar.gz"
    return Trained(str(model), seconds, megabytes, model.stat().st_size / 1e6)


if __name__ == "__main__":
    trained()
