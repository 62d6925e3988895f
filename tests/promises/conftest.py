"""A server that tests may break: they kill it, lock its database, take its action server away. Each puts it back."""

from __future__ import annotations

from typing import Iterator

import pytest

from tests.servers import Servers, free_port


@pytest.fixture(scope="session")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    started = Servers(free_port(), free_port(), tmp_path_factory.mktemp("breakable"), {})
    try:
        started.start_actions()
        started.start_rasa()
        yield started
    finally:
        for name in list(started.processes):
            started.stop(name)
