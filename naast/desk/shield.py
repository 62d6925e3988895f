"""The outermost layer, in plain ASGI: strict headers on every answer, no action for other sites, no large body."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naast.desk.auth import origins

MAX_BODY = 256_000
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


class TooLarge(Exception):
    """The body is larger than MAX_BODY, whatever its headers said."""


class Shield:
    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app = app
        self._url = url
        self._headers = {**HEADERS, **(OVER_TLS if url.startswith("https://") else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = False

        async def send_shielded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        read = 0

        async def receive_bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY:
                raise TooLarge
            return message

        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        elsewhere = origins.other_name(scope["method"], headers, self._url)
        if elsewhere is not None:
            query = scope["query_string"].decode("latin-1")
            address = elsewhere + quote(scope["path"]) + (f"?{query}" if query else "")
            return await RedirectResponse(address, 307)(scope, receive, send_shielded)
        if not origins.is_own(scope["method"], headers, self._url):
            refused = PlainTextResponse("This request came from another site, or from no page at all.", 403)
            return await refused(scope, receive, send_shielded)
        if not length.isdecimal() or int(length) > MAX_BODY:
            return await PlainTextResponse("Too large.", 413)(scope, receive, send_shielded)
        try:
            await self._app(scope, receive_bounded, send_shielded)
        except TooLarge:
            if not started:
                await PlainTextResponse("Too large.", 413)(scope, receive, send_shielded)
