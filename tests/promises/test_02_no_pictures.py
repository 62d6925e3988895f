"""Promise 2, on the website: no picture, voice or file is read, stored or fetched, and the answer is kind."""

import base64
import http.server
import threading
import uuid

import pytest

from naast.channels.texts import channel_texts
from tests.http.reading import assert_kind
from tests.promises.disk import files, holding
from tests.promises.until import acknowledged
from tests.web import Page

MARK = b"vingerafdrukvaneenfoto"
PICTURE = b"\x89PNG\r\n\x1a\n" + MARK * 20


@pytest.mark.parametrize(
    "request_",
    [
        {"files": {"file": ("foto.png", PICTURE, "image/png")}},
        {"files": {"file": ("stem.ogg", PICTURE, "audio/ogg")}, "data": {"id": "1", "text": "kijk"}},
        {"data": PICTURE, "headers": {"Content-Type": "image/png"}},
        {"data": PICTURE, "headers": {"Content-Type": "application/json"}},
    ],
    ids=["upload", "upload with text", "picture", "picture as JSON"],
)
def test_an_upload_is_refused_kindly_and_leaves_nothing(servers, request_):
    page = Page.begin(servers)
    answer = page.ask("POST", "/messages", **request_)
    assert answer.status_code == 400
    assert answer.json()["messages"][1]["text"] == channel_texts().emergency
    assert page.shown() == [] and holding(MARK.decode(), files(servers.folder)) == []


def test_a_picture_pasted_as_text_is_not_kept(servers):
    page = Page.begin(servers)
    encoded = base64.b64encode(PICTURE).decode()
    assert_kind(acknowledged(page, f"dit is de foto data:image/png;base64,{encoded} help", uuid.uuid4().hex))
    (said, *_) = page.shown()
    assert said["text"] == "dit is de foto [link] help"
    assert holding(encoded[40:80], files(servers.folder)) == []


def test_a_link_in_a_message_is_never_followed(servers):
    asked = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = Page.begin(servers)
        acknowledged(page, f"de foto staat op http://127.0.0.1:{server.server_port}/foto.png", uuid.uuid4().hex)
        server.shutdown()
    assert asked == []
