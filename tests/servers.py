"""Starts the real Rasa server and action server, once, on free ports with a database of their own."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
import requests
import yaml

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "naast.tar.gz"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclasses.dataclass
class Conversation:
    """One parent. `say` types, `press` presses a button of an earlier answer by its title."""

    url: str
    sender: str
    answers: List[List[Dict]] = dataclasses.field(default_factory=list)

    def _post(self, body: Dict) -> List[Dict]:
        answer = requests.post(self.url, json={"sender": self.sender, **body}, timeout=30)
        answer.raise_for_status()
        self.answers.append(answer.json())
        return self.answers[-1]

    def say(self, message: str) -> List[Dict]:
        return self._post({"message": message})

    def press(self, title: str) -> List[Dict]:
        for answer in reversed(self.answers):
            for bubble in answer:
                for button in bubble.get("buttons", []):
                    if button["title"] == title:
                        return self._post({"payload": button["payload"]})
        raise AssertionError(f"no button {title!r} was offered: {self.answers[-1]}")

    def press_payload(self, payload: str) -> List[Dict]:
        return self._post({"payload": payload})


@dataclasses.dataclass
class Servers:
    rasa_port: int
    action_port: int
    folder: Path
    processes: Dict[str, subprocess.Popen]
    environment: Dict[str, str] = dataclasses.field(default_factory=dict)
    site_port: int = dataclasses.field(default_factory=free_port)

    @property
    def site(self) -> str:
        """The origin of somebody else's website, which may hold the chat."""
        return f"http://localhost:{self.site_port}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}/webhooks/rest/webhook"

    @property
    def database(self) -> Path:
        return self.folder / "naast.db"

    def ask_operator(self, page: str, **kwargs: Any) -> requests.Response:
        """The door for whoever runs it: health, ready, metrics."""
        return requests.get(f"http://127.0.0.1:{self.rasa_port}/webhooks/operations/{page}", timeout=10, **kwargs)

    def conversation(self) -> Conversation:
        return Conversation(self.url, uuid.uuid4().hex)

    def start(self, name: str, command: List[str], health: str) -> None:
        log = open(self.folder / f"{name}.log", "ab")  # noqa: SIM115 - the process keeps it open
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
        # As Procfile has it.
        environment |= {"OMP_WAIT_POLICY": "passive", "SANIC_HOST": "127.0.0.1", "SANIC_KEEP_ALIVE_TIMEOUT": "60"}
        environment |= {"NAAST_ORIGINS": self.site, **self.environment}
        self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 180
        while True:
            try:
                if requests.get(health, timeout=2).ok:
                    return
            except requests.RequestException:
                pass
            if self.processes[name].poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the {name} server did not start:\n{(self.folder / f'{name}.log').read_text()[-3000:]}")
            time.sleep(0.2)

    def start_actions(self) -> None:
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.action_port)]
        self.start("actions", command, f"http://127.0.0.1:{self.action_port}/health")

    def start_rasa(self) -> None:
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text())
        endpoints["action_endpoint"]["url"] = f"http://127.0.0.1:{self.action_port}/webhook"
        endpoints["tracker_store"]["db"] = str(self.database)
        (self.folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
        command = [sys.executable, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(self.rasa_port)]
        command += ["--model", str(MODEL), "--endpoints", str(self.folder / "endpoints.yml")]
        self.start("rasa", command, f"http://127.0.0.1:{self.rasa_port}/webhooks/rest/")

    def kill(self, name: str) -> None:
        """As a power cut does it: nothing is saved, nobody is told."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


@contextlib.contextmanager
def running(folder: Path, **environment: str) -> Iterator[Servers]:
    """Both servers on free ports, with a database in `folder`; stopped at the end, whatever a test did to them."""
    started = Servers(free_port(), free_port(), folder, {}, environment)
    try:
        started.start_actions()
        started.start_rasa()
        yield started
    finally:
        for name in list(started.processes):
            started.stop(name)
