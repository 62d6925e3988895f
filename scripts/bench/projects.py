"""The projects that are measured: Naast as it is, Rasa's default pipeline on the same messages, and the floor.

The floor is the least that Rasa can be: keywords, one intent, one rule, one custom action. The default pipeline is what
`rasa init` gives, with a rule for each intent and the same action; it learns from every twentieth message, because on
all of them it would train for two hours. Both run on a stock Rasa, with SQLite, from folders under var/bench.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

import yaml

from scripts.evaluation.baseline import sample

KEPT = Path("var/bench")
ROOT = Path(__file__).resolve().parents[2]
ANSWER = "action_answer"
VERSION = "3.1"


@dataclasses.dataclass(frozen=True)
class Project:
    """What is needed to run one: `seconds` is how long it trained, None where that was not timed."""

    name: str
    model: Path
    actions: str
    credentials: Dict[str, Any]
    endpoints: Dict[str, Dict[str, Any]]
    seconds: Optional[float]


def naast() -> Project:
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text())
    return Project("Naast", ROOT / "models" / "naast.tar.gz", "actions", credentials, endpoints, None)


def floor() -> Project:
    nlu = [{"intent": "tell", "examples": "- geld\n- foto\n- zoon\n- dochter\n"}]
    pipeline = [{"name": "KeywordIntentClassifier", "case_sensitive": False}, {"name": "FallbackClassifier"}]
    config = {"pipeline": pipeline, "policies": [{"name": "RulePolicy"}]}
    return _stock("the floor", "floor", config, nlu)


def default() -> Project:
    return _stock("default pipeline", "default", {}, yaml.safe_load(sample())["nlu"])


def _stock(title: str, name: str, config: Dict[str, Any], nlu: List[Dict[str, str]]) -> Project:
    every = [*(block["intent"] for block in nlu), "nlu_fallback"]
    rules = [{"rule": intent, "steps": [{"intent": intent}, {"action": ANSWER}]} for intent in every]
    files = {
        "config.yml": {"recipe": "default.v1", "assistant_id": name, "language": "nl", **config},
        "domain.yml": {"version": VERSION, "intents": every, "actions": [ANSWER]},
        "data.yml": {"version": VERSION, "nlu": nlu, "rules": rules},
    }
    texts = {file: yaml.safe_dump(content, allow_unicode=True) for file, content in files.items()}
    folder = KEPT / f"{name}-{hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:12]}"
    figures = folder / "trained.json"
    if not figures.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8")
        figures.write_text(json.dumps({"seconds": _train(folder, name)}))
    return Project(
        title,
        folder / f"{name}.tar.gz",
        "scripts.bench.answering.actions",
        {"rest": None},
        {"tracker_store": {"type": "sql", "dialect": "sqlite"}},
        json.loads(figures.read_text())["seconds"],
    )


def _train(folder: Path, name: str) -> float:
    log = folder / "train.log"
    print(f"==> training {name} (log: {log})", flush=True)
    command = [sys.executable, "-m", "rasa", "train", "--config", str(folder / "config.yml")]
    command += ["--domain", str(folder / "domain.yml"), "--data", str(folder / "data.yml")]
    command += ["--out", str(folder), "--fixed-model-name", name]
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    started = time.perf_counter()
    with log.open("w") as output:
        done = subprocess.run(command, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode:
        sys.exit(f"naast: {name} could not be trained; the log is {log}")
    return time.perf_counter() - started
