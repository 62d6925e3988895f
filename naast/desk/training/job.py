"""One trial, in a process of its own: train with the patch, beside the running model, and measure both.

    python -m naast.desk.training.job FOLDER

FOLDER holds job.json (`Job`) and patch.yml. It writes progress.json (stage, and how far) and, in the end, result.json.
The desk starts it at the lowest priority and on one thread, with all that it starts itself: parents come first. Rasa's
cache holds messages too, so it has one of its own there; with other messages to learn from it would find nothing in
another. Of ours only the embeddings of the training messages are copied into it (no words, and most of a training).
A step that fails leaves failure.json: a cause that has a text of the desk's, for the log may quote a parent.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence

import yaml

from naast.desk.training.comparing import compare, reviewed
from scripts.evaluation.probe import Parsed, probe
from scripts.evaluation.sets import MEASURES, Labelled, sets

CANDIDATE = "candidate"
_STARTED = re.compile(r"(?:Starting to train|Restored) component '(\w+)'")
_COMPLAINT = re.compile(r"UserWarning|WARNING|ERROR")
_CAUSES = (
    ("two_intents", re.compile(r"labell?ed with (?:multiple|different) |multiple intents", re.I)),
    ("disk", re.compile(r"No space left on device|Disk quota exceeded|database or disk is full")),
    ("memory", re.compile(r"MemoryError|Cannot allocate memory|std::bad_alloc")),
)
KILLED = -9
"""How a process ends that the system killed, for want of memory nearly always."""


class JobFailed(Exception):
    """A step did not succeed; the log in the folder says why. The text names the step, `cause` is the key of a text."""

    def __init__(self, step: str, cause: str) -> None:
        super().__init__(step)
        self.cause = cause


def cause(log: str, ended_with: int, unless: str) -> str:
    """Why a step failed, out of what it said and how it ended: the key of a text."""
    if ended_with == KILLED:
        return "memory"
    return next((name for name, sign in _CAUSES if sign.search(log)), unless)


@dataclasses.dataclass(frozen=True)
class Job:
    """`data` is the folder that Rasa learns from, `model` the running one, `patched` and `reviewed` lists of messages
    with `event_id`, `text`, `intent` and `also`: those of the patch, and those that reviewers labelled before."""

    data: str
    config: str
    domain: str
    model: str
    evaluation: str
    patched: List[Dict[str, Any]]
    reviewed: List[Dict[str, Any]]


def progress(folder: Path, stage: str, part: int = 0, parts: int = 0) -> None:
    """Tell how far it is; written whole, so that a reader never meets half a file."""
    draft = folder / "progress.draft"
    draft.write_text(json.dumps({"stage": stage, "part": part, "parts": parts}))
    draft.rename(folder / "progress.json")


def keep_embeddings(folder: Path) -> None:
    """What was embedded in earlier trainings, into the cache of this trial; what cannot be read is embedded anew."""
    from naast.understanding.embedding import kept

    (folder / "cache").mkdir(exist_ok=True)
    if kept.file().exists():
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"file:{kept.file()}?mode=ro", uri=True)) as old,
            contextlib.closing(sqlite3.connect(folder / "cache" / kept.FILE)) as new,
        ):
            old.backup(new)  # whole, also while another training writes there


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")


def _rasa(folder: Path, *arguments: str) -> subprocess.Popen:
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(folder / "cache"), "RASA_TELEMETRY_ENABLED": "false"}
    with (folder / "log").open("ab") as log:
        command = [sys.executable, "-m", "rasa", *arguments]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def _patched_data(folder: Path, job: Job) -> Path:
    """A copy of what Rasa learns from, with the patch in it."""
    data = folder / "data"
    shutil.copytree(job.data, data)
    shutil.copy(folder / "patch.yml", data / "nlu" / "patch.yml")
    return data


def _validate(folder: Path, job: Job, data: Path) -> None:
    """Rasa's own check, read for warnings too: it succeeds in spite of them."""
    what = ["--data", str(data), "--domain", job.domain, "--config", job.config]
    checking = _rasa(folder, "data", "validate", *what)
    if checking.wait() or _COMPLAINT.search(_log(folder)):
        raise JobFailed("validating", cause(_log(folder), checking.returncode, "invalid"))


def _train(folder: Path, job: Job, data: Path) -> Path:
    """The candidate: only how messages are understood is trained, the rules are those of the running model."""
    parts = len(yaml.safe_load(Path(job.config).read_text(encoding="utf-8"))["pipeline"])
    where = ["--nlu", str(data / "nlu"), "--domain", job.domain, "--config", job.config, "--out", str(folder)]
    training = _rasa(folder, "train", "nlu", *where, "--fixed-model-name", CANDIDATE)
    while True:
        try:
            failed = training.wait(timeout=1)
            break
        except subprocess.TimeoutExpired:
            done = len(_STARTED.findall(_log(folder)))
            progress(folder, "training", done, parts)
    model = folder / f"{CANDIDATE}.tar.gz"
    if failed or not model.exists():
        raise JobFailed("training", cause(_log(folder), failed, "training"))
    return model


def _parsed(model: str, labelled: Mapping[str, Mapping[str, Sequence[Labelled]]], others: Sequence[str]) -> Any:
    """Everything a model makes of the held-out messages, by measure and set, and of the other texts, in one process."""
    flat = [each.text for by_set in labelled.values() for messages in by_set.values() for each in messages]
    found = iter(probe(model, [*flat, *others]).parsed)
    by_measure: Dict[str, Dict[str, List[Parsed]]] = {
        measure: {name: [next(found) for _ in messages] for name, messages in by_set.items()}
        for measure, by_set in labelled.items()
    }
    return by_measure, list(found)


def _measured(*arguments: Any) -> Any:
    """Raises JobFailed where a model cannot be measured."""
    try:
        return _parsed(*arguments)
    except RuntimeError as problem:
        raise JobFailed("measuring", cause(str(problem), 0, "measuring")) from problem


def run(folder: Path) -> None:
    """Raises:
    JobFailed: a step did not succeed.
    """
    job = Job(**json.loads((folder / "job.json").read_text(encoding="utf-8")))
    progress(folder, "validating")
    data = _patched_data(folder, job)
    _validate(folder, job, data)
    progress(folder, "training")
    keep_embeddings(folder)
    candidate = _train(folder, job, data)
    labelled = {measure: sets(measure, Path(job.evaluation)) for measure in MEASURES}
    others = [message["text"] for message in [*job.patched, *job.reviewed]]
    progress(folder, "measuring", 1, 2)
    before, others_before = _measured(job.model, labelled, others)
    progress(folder, "measuring", 2, 2)
    after, others_after = _measured(str(candidate), labelled, others)
    cut = len(job.patched)
    result = {
        **compare(labelled, before, after),
        "patched": reviewed(job.patched, others_before[:cut], others_after[:cut]),
        "reviewed": reviewed(job.reviewed, others_before[cut:], others_after[cut:]),
    }
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")


def main(folder: Path) -> None:
    try:
        run(folder)
    except (JobFailed, OSError) as problem:
        why = problem.cause if isinstance(problem, JobFailed) else cause(str(problem), 0, "unknown")
        with contextlib.suppress(OSError):  # a full disk
            (folder / "failure.json").write_text(json.dumps({"cause": why}))
        sys.exit(f"naast: {problem} failed; see {folder / 'log'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
