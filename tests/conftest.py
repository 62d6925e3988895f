"""The servers that tests over HTTP and in the browser share: started once, when the first test asks for them."""

from __future__ import annotations

from typing import Iterator

import pytest

from tests.servers import Conversation, Servers, free_port


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    started = Servers(free_port(), free_port(), tmp_path_factory.mktemp("servers"), {})
    try:
        started.start_actions()
        started.start_rasa()
        yield started
    finally:
        for name in list(started.processes):
            started.stop(name)


@pytest.fixture
def parent(servers: Servers) -> Conversation:
    """A new conversation with the running servers."""
    return servers.conversation()
