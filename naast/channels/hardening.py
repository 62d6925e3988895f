"""What holds for every answer of the server, whichever channel gives it: strict headers, a kind sentence and the
numbers when something is wrong, short patience for slow requests, no access log.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import Any, Dict, Optional, Text

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels import metrics
from naast.channels.language import shown_in
from naast.channels.limits import TooFast
from naast.channels.texts import channel_texts
from naast.privacy.logs import where
from naast.settings import proxies

logger = logging.getLogger(__name__)

MAX_BODY = 32_000
SECONDS_TO_ARRIVE = 10
"""For the head of a request, and for head, body and answer together twice that: a turn takes five at most."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def refusal(request: Request, reason: Text, status: int, headers: Optional[Dict[Text, Text]] = None) -> HTTPResponse:
    """A kind sentence and the numbers, whatever went wrong, in the language that the page says it is shown in."""
    metrics.REFUSED.labels(reason=reason).inc()
    texts = channel_texts(shown_in(request))
    return response.json({"messages": texts.safety_reply(reason)}, status=status, headers=headers)


async def answer_error(request: Request, error: Exception) -> HTTPResponse:
    """The answer to whatever a handler raised, or Sanic itself (no such page, too large, too slow)."""
    if isinstance(error, TooFast):
        return refusal(request, "too_fast", 429, {"Retry-After": str(error.seconds)})
    status = getattr(error, "status_code", 500)
    if status >= 500:
        logger.error("naast.request.failed status=%s %s", status, where(error))
    return refusal(request, "too_long" if status == 413 else "unavailable", status)


def is_local(request: Request) -> bool:
    """True for a caller on this machine. What a proxy passes on comes from elsewhere, and says so in its headers."""
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
    return not passed_on and ip_address(request.ip).is_loopback


def address(request: Request) -> Text:
    """Where a request comes from, as far as NAAST_PROXIES lets us believe it. Counted with, never kept."""
    return request.remote_addr or request.ip or ""


def apply(app: Sanic) -> None:
    """Before the server starts; doing so again, for another channel, changes nothing."""
    if getattr(app.ctx, "naast_is_hardened", False):
        return
    app.ctx.naast_is_hardened = True
    app.config.ACCESS_LOG = False
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.REQUEST_TIMEOUT = SECONDS_TO_ARRIVE
    app.config.RESPONSE_TIMEOUT = 2 * SECONDS_TO_ARRIVE
    app.config.PROXIES_COUNT = proxies() or None
    app.error_handler.add(Exception, answer_error)
    app.response_middleware.append(_protect)  # the last: also of what Rasa's own middleware adds


async def _protect(_request: Request, answer: Any) -> None:
    answer.headers.pop("Access-Control-Allow-Credentials", None)  # Rasa allows what nobody here uses: cookies
    answer.headers.update({**HEADERS, **answer.headers})
