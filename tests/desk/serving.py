"""The desk as a browser meets it: in a server of its own, in a thread beside whoever looks at it."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import Iterator
from urllib.parse import urlsplit

import uvicorn

from naast.desk.app import build
from naast.desk.desk import Desk


@contextlib.contextmanager
def serving(desk: Desk) -> Iterator[None]:
    """At the port of its url, as naast/desk/__main__.py serves it; ended with the block."""
    config = uvicorn.Config(build(desk), port=urlsplit(desk.url).port, ws="none", log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    if not server.started:
        raise TimeoutError(f"the desk did not come up at {desk.url}")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=20)
