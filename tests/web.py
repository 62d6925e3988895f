"""A page of a website that holds one conversation over the web channel."""

from __future__ import annotations

import dataclasses
import itertools
import uuid
from typing import Any, Dict, List, Optional

import requests
from requests.adapters import HTTPAdapter

from tests.servers import Servers

_addresses = (f"127.{b}.{c}.{d}" for b, c, d in itertools.product(range(1, 255), range(256), range(1, 255)))


class _From(HTTPAdapter):
    """Connects from an address of its own: all of 127.0.0.0/8 is this machine, and limits count by address."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


def elsewhere() -> requests.Session:
    """A caller whom no test has been before."""
    session = requests.Session()
    session.mount("http://", _From(next(_addresses)))
    return session


def web(servers: Servers) -> str:
    return f"http://127.0.0.1:{servers.rasa_port}/webhooks/web"


@dataclasses.dataclass
class Page:
    base: str
    token: str
    session: requests.Session = dataclasses.field(default_factory=requests.Session)

    @classmethod
    def begin(cls, servers: Servers) -> Page:
        session = elsewhere()
        answer = session.post(f"{web(servers)}/conversations", timeout=30)
        assert answer.status_code == 201, answer.text
        return cls(web(servers), answer.json()["token"], session)

    def ask(self, method: str, path: str, timeout: float = 30, **kwargs: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", **kwargs.pop("headers", {})}
        return self.session.request(method, f"{self.base}{path}", headers=headers, timeout=timeout, **kwargs)

    def send(self, text: Any, message_id: Optional[str] = None, **kwargs: Any) -> requests.Response:
        return self.ask("POST", "/messages", json={"id": message_id or uuid.uuid4().hex, "text": text}, **kwargs)

    def press(self, button: Dict[str, str]) -> requests.Response:
        return self.ask("POST", "/messages", json={"id": uuid.uuid4().hex, **button})

    def shown(self) -> List[Dict[str, Any]]:
        return self.ask("GET", "/conversation").json()
