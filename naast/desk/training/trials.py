"""Trials of batches: one at a time, in the background, with progress in the database; a person decides in the end.

What a trial writes to the disk holds messages, so its folder is removed when it ends, whichever way it ends, and at the
next start where the desk was stopped in between.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Set

import sqlalchemy as sa

from naast.desk.clock import Clock
from naast.desk.tables import ACCOUNT, BATCH, CONVERSATION, CORRECTION, MESSAGE, TRIAL
from naast.desk.training import batches, patch
from naast.desk.training.batches import Item
from naast.desk.training.job import Job, cause

logger = logging.getLogger(__name__)
RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"
DECISIONS = ("accepted", "rejected")
LEAST_SHARE = ("nice", "-n", "19")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
MOST_REVIEWED = 1000
LOOK_EVERY = 1.0
FIRST_STAGE = "validating"
UNKNOWN = "unknown"


class Busy(Exception):
    """Another trial is running; two would take the machine from the parents."""


@dataclasses.dataclass(frozen=True)
class Training:
    """What a trial learns from and is measured with; `folder` is where trials work."""

    folder: Path = Path("var/desk/trials")
    data: Path = Path("data")
    config: Path = Path("config.yml")
    domain: Path = Path("domain.yml")
    model: Path = Path("models/naast.tar.gz")
    evaluation: Path = Path("tests/evaluation")


class Trials:
    """One per desk. `engine` may write."""

    def __init__(self, engine: sa.engine.Engine, clock: Clock, training: Training) -> None:
        self.training = training
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._process: Optional[subprocess.Popen] = None
        self._watcher: Optional[threading.Thread] = None

    def tidy_up(self) -> None:
        """At the start: what a stopped desk left behind is told to be stopped, and removed."""
        self._change(TRIAL.c.state == RUNNING, state=STOPPED, ended=self._clock())
        shutil.rmtree(self.training.folder, ignore_errors=True)

    def start(self, batch_id: int, account_id: int) -> int:
        """Start a trial of a batch.

        Returns:
            Its number.

        Raises:
            Busy: one is running already.
        """
        with self._lock:
            if self._watcher is not None and self._watcher.is_alive():
                raise Busy
            with self._engine.execution_options(writes=True).begin() as connection:
                items = batches.items(connection, batch_id)
                before = _reviewed(connection, {item.event_id for item in items if not item.held_out})
                values = {"batch_id": batch_id, "account_id": account_id, "state": RUNNING, "stage": FIRST_STAGE}
                made = connection.execute(TRIAL.insert().values(started=self._clock(), **values))
                number = made.inserted_primary_key[0]
            folder = self._prepare(number, items, before)
            command = [*LEAST_SHARE, sys.executable, "-m", "naast.desk.training.job", str(folder)]
            with (folder / "log").open("ab") as log:
                environment = {**os.environ, **ONE_THREAD}
                self._process = subprocess.Popen(
                    command, env=environment, stdout=log, stderr=log, start_new_session=True
                )
            self._watcher = threading.Thread(target=self._watch, args=(number, folder, self._process), daemon=True)
            self._watcher.start()
            return number

    def stop(self, number: int) -> bool:
        """End a trial that is running; everything it started ends with it. False where it was not running."""
        own = (TRIAL.c.id == number) & (TRIAL.c.state == RUNNING)
        stopped = bool(self._change(own, state=STOPPED, ended=self._clock()))
        if stopped:
            self.end()
        return stopped

    def end(self) -> None:
        """End whatever is running, and wait until its folder is gone. A trial that the desk ends did not fail."""
        if self._process is not None and self._process.poll() is None:
            self._change(TRIAL.c.state == RUNNING, state=STOPPED, ended=self._clock())
            os.killpg(self._process.pid, signal.SIGKILL)
        if self._watcher is not None:
            self._watcher.join()

    def _prepare(self, number: int, items: Sequence[Item], before: List[Dict[str, Any]]) -> Path:
        folder = self.training.folder / str(number)
        folder.mkdir(parents=True, mode=0o700)
        learnt = [item for item in items if item.intent and not item.held_out]
        (folder / "patch.yml").write_text(patch.nlu(learnt, f"review_{number}"), encoding="utf-8")
        paths = {
            name: str(getattr(self.training, name)) for name in ("data", "config", "domain", "model", "evaluation")
        }
        names = ("event_id", "text", "intent", "also")
        patched = [{name: getattr(item, name) for name in names} for item in learnt]
        job = Job(patched=patched, reviewed=before, **paths)
        (folder / "job.json").write_text(json.dumps(dataclasses.asdict(job)), encoding="utf-8")
        return folder

    def _watch(self, number: int, folder: Path, process: subprocess.Popen) -> None:
        """Carry progress into the database until the process ends; then the result, and remove the folder."""
        own = (TRIAL.c.id == number) & (TRIAL.c.state == RUNNING)
        try:
            told = FIRST_STAGE
            while True:
                stage = _stage(folder)
                if stage != told:
                    self._change(own, stage=stage)
                    told = stage
                try:
                    failed = process.wait(timeout=LOOK_EVERY)
                    break
                except subprocess.TimeoutExpired:
                    continue
            if failed:
                why = _cause(folder, failed)
                self._change(own, state=FAILED, stage=_stage(folder), cause=why, ended=self._clock())
            else:
                result = (folder / "result.json").read_text(encoding="utf-8")
                self._change(own, state=DONE, result=result, ended=self._clock())
        except Exception as error:
            logger.error("naast.desk.trial_failed kind=%s", type(error).__name__)
            self._change(own, state=FAILED, cause=UNKNOWN, ended=self._clock())
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _change(self, which: Any, **values: Any) -> int:
        with self._engine.execution_options(writes=True).begin() as connection:
            return connection.execute(TRIAL.update().where(which).values(**values)).rowcount


def _stage(folder: Path) -> str:
    """`stage part/parts`, as the page reads it; only a stage before the trial has told any."""
    try:
        told = json.loads((folder / "progress.json").read_text())
    except FileNotFoundError:
        return FIRST_STAGE
    return f"{told['stage']} {told['part']}/{told['parts']}"


def _cause(folder: Path, ended_with: int) -> str:
    """Why it failed, as the job told it; one that was killed had no time to tell."""
    try:
        return json.loads((folder / "failure.json").read_text())["cause"]
    except (FileNotFoundError, ValueError):
        return cause("", ended_with, UNKNOWN)


def _reviewed(connection: sa.engine.Connection, but: set) -> List[Dict[str, Any]]:
    """What reviewers labelled in the past, newest first: it should stay right. Without what guests said in a test."""
    held = (CORRECTION.c.kind == "intent", CORRECTION.c.current.is_(True), CONVERSATION.c.is_test.is_(False))
    wanted = (
        sa.select(CORRECTION.c.event_id, MESSAGE.c.text, CORRECTION.c.value)
        .join(MESSAGE, MESSAGE.c.event_id == CORRECTION.c.event_id)
        .join(CONVERSATION, CONVERSATION.c.id == CORRECTION.c.conversation_id)
        .where(*held, CORRECTION.c.event_id.not_in(but))
        .order_by(CORRECTION.c.id.desc())
        .limit(MOST_REVIEWED)
    )
    found: Dict[int, Dict[str, Any]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.event_id, {"event_id": row.event_id, "text": row.text, **json.loads(row.value)})
    return list(found.values())


def of_batch(connection: sa.engine.Connection, batch_id: int) -> List[Any]:
    wanted = sa.select(TRIAL, ACCOUNT.c.name.label("by")).where(
        TRIAL.c.batch_id == batch_id, TRIAL.c.account_id == ACCOUNT.c.id
    )
    return connection.execute(wanted.order_by(TRIAL.c.id.desc())).all()


def one(connection: sa.engine.Connection, number: int) -> Optional[Any]:
    wanted = sa.select(TRIAL, BATCH.c.name.label("batch"), ACCOUNT.c.name.label("by")).where(
        TRIAL.c.id == number, TRIAL.c.batch_id == BATCH.c.id, TRIAL.c.account_id == ACCOUNT.c.id
    )
    return connection.execute(wanted).one_or_none()


def texts(connection: sa.engine.Connection, event_ids: Sequence[int]) -> Dict[int, str]:
    """The words of reviewed messages that are still there."""
    found: Dict[int, str] = {}
    for start in range(0, len(event_ids), 500):
        wanted = sa.select(MESSAGE.c.event_id, MESSAGE.c.text).where(
            MESSAGE.c.event_id.in_(event_ids[start : start + 500])
        )
        found.update(connection.execute(wanted).all())
    return found


def conversations(connection: sa.engine.Connection, event_ids: Sequence[int]) -> Set[int]:
    """The conversations that reviewed messages are from."""
    found: Set[int] = set()
    for start in range(0, len(event_ids), 500):
        few = MESSAGE.c.event_id.in_(event_ids[start : start + 500])
        found.update(connection.execute(sa.select(MESSAGE.c.conversation_id).where(few)).scalars())
    return found


def decide(connection: sa.engine.Connection, number: int, decision: str, by: str) -> bool:
    """What a person made of a result; the first decision stays."""
    first = (TRIAL.c.id == number, TRIAL.c.state == DONE, TRIAL.c.decision.is_(None))
    return bool(connection.execute(TRIAL.update().where(*first).values(decision=decision, decided_by=by)).rowcount)
