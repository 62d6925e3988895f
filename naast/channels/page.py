"""What the website's channel gives a browser: the page with nothing but the chat, its style, and the script.

Style and script are compressed once, at the start, and not sent again to a browser that holds them. Messages never are
compressed: their length would tell what is in them.
"""

from __future__ import annotations

import gzip
import hashlib
import html
from pathlib import Path
from typing import Awaitable, Callable, Text

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels.language import offered
from naast.channels.texts import channel_texts
from naast.invitation import is_good
from naast.settings import key

WIDGET = Path(__file__).resolve().parents[2] / "widget"
PAGE = WIDGET / "page" / "index.html"
FILES = {
    "/page.css": (WIDGET / "page" / "page.css", "text/css; charset=utf-8"),
    "/naast.js": (WIDGET / "dist" / "naast.js", "text/javascript; charset=utf-8"),
}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}


class File:
    """A file as it was when the server started."""

    def __init__(self, path: Path, media_type: Text) -> None:
        self.content = path.read_bytes()
        self.compressed = gzip.compress(self.content, mtime=0)
        self.media_type = media_type
        self.tag = f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    def answer(self, request: Request) -> HTTPResponse:
        headers = {**HEADERS, "ETag": self.tag, "Vary": "Accept-Encoding"}
        if self.tag in request.headers.get("if-none-match", ""):
            return response.empty(status=304, headers=headers)
        if not takes_gzip(request.headers.get("accept-encoding", "")):
            return response.raw(self.content, headers=headers, content_type=self.media_type)
        headers["Content-Encoding"] = "gzip"
        return response.raw(self.compressed, headers=headers, content_type=self.media_type)


def takes_gzip(accepted: Text) -> bool:
    """What a browser says of it in `Accept-Encoding`."""
    for each in accepted.lower().replace(" ", "").split(","):
        coding, _, weight = each.partition(";q=")
        if coding == "gzip":
            return not weight or bool(weight.strip("0."))
    return False


def add_to(web: Blueprint) -> None:
    """Give the channel its page and files."""
    web.add_route(_page, "/", methods=["GET"], name="index")
    for path, (file, media_type) in FILES.items():
        web.add_route(_giving(File(file, media_type)), path, methods=["GET"], name=file.stem)


def _giving(file: File) -> Callable[[Request], Awaitable[HTTPResponse]]:
    async def handler(request: Request) -> HTTPResponse:
        return file.answer(request)

    return handler


async def _page(request: Request) -> HTTPResponse:
    """The page with nothing but the chat, in the language that is asked for; a guest is told what a guest must know."""
    if not request.path.endswith("/"):  # what it refers to would not be found
        asked = f"?{request.query_string}" if request.query_string else ""
        return response.redirect(f"{request.path.rpartition('/')[2]}/{asked}")
    texts = channel_texts(offered(request.args.get("language")))
    invited = request.args.get("invitation")
    if invited is not None and not is_good(invited, key()):
        return response.text(f"{texts.sentences['guest_over']}\n{texts.emergency}", status=410)
    filled = {"language": texts.language, "emergency": texts.emergency, **texts.sentences}
    filled.update({"invitation": invited or "", "guest": texts.sentences["guest"] if invited else ""})
    content = PAGE.read_text(encoding="utf-8")
    for name, text in filled.items():
        content = content.replace(f"{{{name}}}", html.escape(text))
    return response.html(content, headers=HEADERS)
