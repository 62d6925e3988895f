"""PostgreSQL and Redis, as Debian packages them, started on free ports of loopback with nothing in them."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Optional

import psycopg2
import pytest
import redis

from tests.servers import free_port

SECONDS_TO_START = 30


def _found(program: str) -> str:
    """The path of a program. Debian keeps those of PostgreSQL off the PATH."""
    places = [*sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), reverse=True), shutil.which(program)]
    path = next(filter(None, places), None)
    if path is None:
        pytest.skip(f"{program} is not installed (scripts/services)")
    return path


class Service:
    """A process that can be stopped and started again at the same place, with what it keeps."""

    def __init__(self, command: List[str], answers: Callable[[], bool], user: Optional[str]) -> None:
        self._command, self._answers, self._user = command, answers, user
        self._process: Optional[subprocess.Popen] = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, user=self._user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{self._command[0]} did not start")
            time.sleep(0.05)

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Takes connections and says nothing, as a machine does that has no memory left."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        all_of_it = [self._process.pid, *map(int, children)]
        try:
            for pid in all_of_it:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in all_of_it:
                os.kill(pid, signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(SECONDS_TO_START)
            self._process = None


class Database(Service):
    """PostgreSQL with an empty database; `url` is what NAAST_DATABASE_URL wants."""

    def __init__(self, folder: Path, port: int, user: Optional[str]) -> None:
        self._settings = {"host": "127.0.0.1", "port": port, "user": "naast", "dbname": "postgres"}
        self.url = f"postgresql://naast:secret@127.0.0.1:{port}/postgres"
        command = [_found("postgres"), "-D", str(folder), "-p", str(port), "-k", str(folder)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off"]
        super().__init__(command, self._can_connect, user)

    def _can_connect(self) -> bool:
        try:
            psycopg2.connect(connect_timeout=2, **self._settings).close()
        except psycopg2.OperationalError:
            return False
        return True

    def rows(self, query: str, *values: object) -> List[tuple]:
        connection = psycopg2.connect(connect_timeout=5, **self._settings)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    # PostgreSQL refuses to run as root, and no other user may enter the folders of pytest.
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="naast-postgresql-"))
    if user:
        shutil.chown(folder, user)
    initdb = [_found("initdb"), "-D", str(folder), "-U", "naast", "--auth=trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
    started = Database(folder, free_port(), user)
    try:
        started.start()
        yield started
    finally:
        started.stop()
        shutil.rmtree(folder)


class Redis(Service):
    """Redis that keeps nothing on disk; `url` is what NAAST_REDIS_URL wants."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self.client = redis.Redis.from_url(self.url)
        command = [_found("redis-server"), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
        super().__init__([*command, "--save", "", "--appendonly", "no"], self._answers_ping, None)

    def _answers_ping(self) -> bool:
        try:
            return self.client.ping()
        except redis.ConnectionError:
            return False


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    started = Redis(tmp_path_factory.mktemp("redis"), free_port())
    started.start()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Callable[[Dict[str, str]], None]:
    """Sets variables of the environment for one test."""
    return lambda values: [monkeypatch.setenv(name, value) for name, value in values.items()] and None
