"""Waits until the servers answer and says where to talk; then stays, so that honcho keeps all three together."""

from __future__ import annotations

import dataclasses
import signal
import sys
import time

import requests

from naast.settings import desk_port, desk_url

TELEGRAM = {
    "closed": "closed, NAAST_TELEGRAM_TOKEN is not set (docs/telegram.md)",
    "webhook": "open, Telegram delivers to /webhooks/telegram/webhook",
    "polling": "open, by long polling",
}
SECONDS = 90
"""A cold disk takes a minute to import Rasa; a warm one twelve seconds."""


@dataclasses.dataclass(frozen=True)
class Server:
    name: str
    port: int
    path: str

    def answers(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}{self.path}", timeout=2).ok
        except requests.RequestException:
            return False


ACTIONS = Server("action server", 5055, "/health")
RASA = Server("Rasa server", 5005, "/webhooks/web/health")


def desk() -> Server:
    """The trainers' desk, where NAAST_DESK_URL puts it.

    Raises:
        UnsafeSettings: it puts it nowhere.
    """
    return Server("trainers' desk", desk_port(), "/login")


def wait_for(servers: list[Server]) -> float:
    """Seconds until all answered.

    Raises:
        TimeoutError: one did not within SECONDS.
    """
    started = time.monotonic()
    for server in servers:
        while not server.answers():
            if time.monotonic() - started > SECONDS:
                raise TimeoutError(f"the {server.name} did not answer on port {server.port} within {SECONDS} s")
            time.sleep(0.2)
    return time.monotonic() - started


def main() -> None:
    actions_only = "--actions-only" in sys.argv
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        took = wait_for([ACTIONS] if actions_only else [ACTIONS, desk(), RASA])
        if actions_only:
            return
        telegram = requests.get(f"http://127.0.0.1:{RASA.port}/webhooks/telegram/health", timeout=2).json()["status"]
        sys.stdout.write(
            f"\n==> Naast is ready in {took:.0f} s. Talk to it: http://127.0.0.1:{RASA.port}/webhooks/web/\n"
            f"    Telegram: {TELEGRAM[telegram]}\n"
            f"    The trainers' desk: {desk_url()} (first account: make desk-account NAME=anna ROLE=admin)\n"
            "    To talk in the terminal instead, after stopping this: make chat.   Ctrl-C stops all servers.\n\n"
        )
        sys.stdout.flush()
        signal.pause()
    except TimeoutError as error:
        sys.exit(f"naast: {error}. See the lines above.")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
