"""Starts the two servers of a project with a database of their own, and says how long that took and what they hold."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, List

import requests
import yaml

from scripts.bench.projects import Project
from tests.servers import free_port

SECONDS_TO_START = 300


@dataclasses.dataclass
class Running:
    """`start_up` in seconds until the first answer, from a warm disk; `url` takes Rasa's REST messages."""

    url: str
    database: Path
    start_up: float
    processes: List[subprocess.Popen]

    @property
    def megabytes(self) -> float:
        """Resident memory of both servers together."""
        return sum(_resident(process.pid) for process in self.processes)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmRSS"))


@contextlib.contextmanager
def running(project: Project, folder: Path) -> Iterator[Running]:
    """Both servers, until the end of the block; a second start, so that no column pays for reading the disk."""
    with _servers(project, folder):
        pass
    with _servers(project, folder) as servers:
        yield servers


@contextlib.contextmanager
def _servers(project: Project, folder: Path) -> Iterator[Running]:
    folder.mkdir(parents=True, exist_ok=True)
    rasa, actions = free_port(), free_port()
    database = folder / "conversations.db"
    endpoints = {
        **project.endpoints,
        "action_endpoint": {"url": f"http://127.0.0.1:{actions}/webhook"},
        "tracker_store": {**project.endpoints["tracker_store"], "db": str(database)},
    }
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
    (folder / "credentials.yml").write_text(yaml.safe_dump(project.credentials))
    python = [sys.executable, "-m"]
    serve = ["rasa", "run", "--interface", "127.0.0.1", "--port", str(rasa), "--model", str(project.model)]
    serve += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    commands = [[*python, "rasa_sdk", "--actions", project.actions, "--port", str(actions)], [*python, *serve]]
    environment = {**os.environ, "SANIC_HOST": "127.0.0.1"}
    with (folder / "servers.log").open("w") as log:
        started = time.perf_counter()
        processes = [subprocess.Popen(each, stdout=log, stderr=log, env=environment) for each in commands]
        try:
            url = f"http://127.0.0.1:{rasa}/webhooks/rest/webhook"
            _wait(url, processes, folder)
            yield Running(url, database, time.perf_counter() - started, processes)
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
            for process in processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                process.kill()


def _wait(url: str, processes: List[subprocess.Popen], folder: Path) -> None:
    """Until a message gets an answer: a server that listens may still be loading."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        with contextlib.suppress(requests.RequestException, ValueError):
            if requests.post(url, json={"sender": "first", "message": "hallo foto"}, timeout=60).json():
                return
        time.sleep(0.1)
    sys.exit(f"naast: the servers did not start; the log is {folder / 'servers.log'}")
