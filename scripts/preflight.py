"""Before the servers start: are the ports free, is the model whole, is the guidance in order, has Telegram its token
where it was asked for? One clear line if not."""

from __future__ import annotations

import os
import socket
import sys
import tarfile

from naast.guidance.library import languages, load
from naast.guidance.reading import GuidanceError
from scripts.ready import ACTIONS, RASA, desk


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def telegram_lacks_its_token() -> bool:
    """True for `make telegram` without one: all would start, and Telegram stay closed."""
    polls = os.environ.get("NAAST_TELEGRAM_MODE") == "polling"
    return polls and not os.environ.get("NAAST_TELEGRAM_TOKEN", "").strip()


def main() -> None:
    servers = [ACTIONS] if "--actions-only" in sys.argv else [ACTIONS, desk(), RASA]
    if RASA in servers and telegram_lacks_its_token():
        sys.exit("naast: NAAST_TELEGRAM_TOKEN is not set; docs/telegram.md tells how to get one")
    for server in servers:
        if not port_is_free(server.port):
            sys.exit(f"naast: port {server.port} ({server.name}) is in use. Stop what listens there and try again.")
    try:
        with tarfile.open("models/naast.tar.gz") as archive:
            archive.getmembers()
    except (OSError, EOFError, tarfile.TarError) as error:
        sys.exit(f"naast: the model models/naast.tar.gz cannot be read ({error}). Remove it and run `make train`.")
    try:
        for language in languages():
            load(language=language)
    except GuidanceError as error:
        sys.exit(f"naast: {error}")


if __name__ == "__main__":
    main()
