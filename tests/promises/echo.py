"""Action servers that fail in the ways that make Rasa quote what a parent said: in exceptions, and in its own log."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
from typing import Iterator

from tests.promises.canaries import UNUSUAL


def _quoting(what: str) -> type:
    class Quoting(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = call["tracker"]["latest_message"]["text"]
            status, body = {
                "wrong_shape": (200, {"events": said, "responses": said}),
                "server_error": (500, {"error": f"KeyError: {said}", "request_body": call}),
                "rejection": (400, {"error": said, "action_name": said}),
                "unknown_event": (200, {"events": [{"event": said, "text": said}], "responses": []}),
                "unknown_slot": (200, {"events": [{"event": "slot", "name": UNUSUAL, "value": 1}], "responses": []}),
            }[what]
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Quoting


WAYS = ("wrong_shape", "server_error", "rejection", "unknown_event", "unknown_slot")


@contextlib.contextmanager
def quoting_action_server(port: int, what: str) -> Iterator[None]:
    class Server(http.server.ThreadingHTTPServer):
        allow_reuse_address = True

    with Server(("127.0.0.1", port), _quoting(what)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
