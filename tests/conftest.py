"""The servers that tests over HTTP and in the browser share: started once, when the first test asks for them."""

from __future__ import annotations

from typing import Iterator

import pytest

from tests.servers import Conversation, Servers, running


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with running(tmp_path_factory.mktemp("servers")) as started:
        yield started


@pytest.fixture
def parent(servers: Servers) -> Conversation:
    """A new conversation with the running servers."""
    return servers.conversation()
