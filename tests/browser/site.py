"""Somebody else's website, at an origin of its own. Playwright's routes would themselves answer a browser's question
whether it may ask there (the preflight), so this is a real server."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Dict, Iterator, Tuple

PAGE = """<!doctype html><html lang="nl"><title>Een school</title><body>{body}</body></html>"""


@dataclasses.dataclass
class Site:
    origin: str
    chat: str
    """Where the page of the chat is, that the script comes from."""
    pages: Dict[str, Tuple[str, Dict[str, str]]] = dataclasses.field(default_factory=dict)

    def put(self, path: str, body: str, **headers: str) -> str:
        """Put a page on the site; underscores in the names of headers stand for dashes."""
        self.pages[path] = (PAGE.format(body=body), {name.replace("_", "-"): value for name, value in headers.items()})
        return self.origin + path

    def script(self, options: str = "") -> str:
        return f'<script src="{self.chat}naast.js" defer {options}></script>'

    def with_line(self, options: str = "", path: str = "/school", **headers: str) -> str:
        """A page with the one line in it."""
        return self.put(path, f"<main><h1>School</h1></main>{self.script(options)}", **headers)

    def with_element(self, attributes: str = "", before: str = "", **headers: str) -> str:
        """A page in which the chat stands open."""
        body = f"<main><h1>School</h1>{before}<naast-chat {attributes}></naast-chat></main>{self.script()}"
        return self.put("/inline", body, **headers)


@contextlib.contextmanager
def site(origin: str, port: int, chat: str) -> Iterator[Site]:
    made = Site(origin, chat)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, headers = made.pages.get(self.path, ("", {}))
            self.send_response(200 if content else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
