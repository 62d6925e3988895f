"""The channel of the website. No cookie, no address kept; a conversation is known by a signed token, held by the page.

    POST   /webhooks/web/conversations  201 {"token"}; with {"invitation"} one for a test conversation
    POST   /webhooks/web/messages       Bearer; {"id", "text"} or {"id", "payload", "title"}, with an optional
                                        "region", nl or be -> [{"text", "buttons", "custom", "language"}]
    GET    /webhooks/web/conversation   Bearer; what was said: [{"from": "parent" | "naast", "text", ...}]
    DELETE /webhooks/web/conversation   Bearer; 204, erased to the last byte
    GET    /webhooks/web/export         Bearer; everything that is kept of the conversation, as a text to keep
    GET    /webhooks/web/health         {"status": "ok"}
    GET    /webhooks/web/, /naast.js    the page with nothing but the chat (with ?invitation= for a guest who tries it),
                                        and the script for any other page

A request says with `Content-Language` in which language the page is shown, until the conversation has one of its own.
`id` is made by the page, anew for each message. Sent again after a broken connection or a 503, a message gets the
answer it had, or one at last, and stands once in the conversation; without an `id` it counts each time it is sent.
Where a message erased the conversation, the last of the answer has `"custom": {"kind": "erase"}`. A step of the plan
that is not done has a `tick`, which is said as a button is pressed. Whatever is no 2xx carries `messages`: a kind
sentence and the emergency numbers.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
import uuid
import weakref
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels import hardening, history, limits, metrics, page, startup, token
from naast.channels.buttons import tracker_that_offered
from naast.channels.guard import Rejected, pressed_payload, typed_text
from naast.channels.hardening import refusal
from naast.channels.in_time import Deadline
from naast.channels.language import language_of, shown_in
from naast.channels.texts import channel_texts
from naast.channels.turn import earlier_answer, erase, hold_turn
from naast.invitation import is_good
from naast.privacy import export
from naast.privacy.identity import conversation_id
from naast.settings import key, origins, retention_days
from naast.store.redacted import TEST

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-language, content-type",
    "Access-Control-Max-Age": "600",
}
MAX_ID_CHARACTERS = 64
REGIONS = ("nl", "be")
SECONDS_TO_WAIT = 5
"""After a message that could not be answered."""
SECONDS_TO_SAY_SO = 0.2
"""Left of the deadline when a turn is given up, so that the next message has its turn."""
logger = logging.getLogger(__name__)


def _body(request: Request) -> Dict[Text, Any]:
    """The fields that were sent; none where the body is no JSON object."""
    try:
        body = request.json
    except Exception:  # Sanic raises its own, and ujson's, for what is no JSON
        return {}
    return body if isinstance(body, dict) else {}


class WebInput(InputChannel):
    """See the top of this file."""

    def __init__(self) -> None:
        self._limits = limits.Limits()
        self._origins = origins()
        self._turns: "weakref.WeakValueDictionary[Text, asyncio.Lock]" = weakref.WeakValueDictionary()

    @classmethod
    def name(cls) -> Text:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "WebInput":
        startup.check()
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        web = Blueprint("naast_web")

        @web.listener("before_server_start")
        async def harden(app: Sanic, _loop: Any) -> None:
            hardening.apply(app)

        @web.listener("after_server_start")
        async def prepare(app: Sanic, _loop: Any) -> None:
            await startup.prepare(app)

        @web.middleware("response")
        async def admit(request: Request, given: HTTPResponse) -> None:
            origin = request.headers.get("origin")
            if origin in self._origins:
                given.headers["Access-Control-Allow-Origin"] = origin
                given.headers["Access-Control-Expose-Headers"] = "Content-Disposition, Retry-After"
                vary = given.headers.get("Vary")
                given.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"
                if request.method == "OPTIONS":
                    given.headers.update(PREFLIGHT)

        @web.options("/conversations")
        @web.options("/messages")
        @web.options("/conversation")
        @web.options("/export")
        async def preflight(_request: Request) -> HTTPResponse:
            """A route, so that `admit` sees the answer; Rasa's own (sanic_cors) comes before this one."""
            return response.empty()

        page.add_to(web)

        @web.get("/health")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @web.post("/conversations")
        async def begin(request: Request) -> HTTPResponse:
            self._limits.hit(limits.NEW_CONVERSATIONS, hardening.address(request))
            invited = _body(request).get("invitation")
            if invited is not None and not (isinstance(invited, str) and is_good(invited, key())):
                return refusal(request, "guest_over", 410)
            return response.json({"token": token.new_token(guest=invited is not None)}, status=201)

        @web.post("/messages")
        async def receive(request: Request) -> HTTPResponse:
            self._limits.hit(limits.AN_ADDRESS, hardening.address(request))
            return await self._with_conversation(request, limits.A_CONVERSATION, self._message)

        @web.get("/conversation")
        async def restore(request: Request) -> HTTPResponse:
            return await self._with_conversation(request, limits.LOOKING_BACK, self._restore)

        @web.delete("/conversation")
        async def forget(request: Request) -> HTTPResponse:
            return await self._with_conversation(request, limits.LOOKING_BACK, self._forget)

        @web.get("/export")
        async def take_away(request: Request) -> HTTPResponse:
            return await self._with_conversation(request, limits.LOOKING_BACK, self._export)

        return web

    async def _with_conversation(
        self, request: Request, limit: limits.Limit, respond: Callable[[Request, Text], Awaitable[HTTPResponse]]
    ) -> HTTPResponse:
        """Answer for the conversation whose token the request holds, one request of it at a time, each in time."""
        request.ctx.deadline = Deadline()
        try:
            conversation = conversation_id(self.name(), token.address(request.token or ""))
        except token.WrongToken:
            return refusal(request, "conversation_over", 401)
        self._limits.hit(limit, conversation)

        async def answer() -> HTTPResponse:
            if token.is_old(request.token) and not await request.app.ctx.agent.tracker_store.holds(conversation):
                return refusal(request, "conversation_over", 401)
            return await respond(request, conversation)

        turn = self._turns.setdefault(conversation, asyncio.Lock())
        try:
            return await request.ctx.deadline.do_in_turn(turn, answer)
        except asyncio.TimeoutError:
            logger.error("naast.request.too_slow")
            metrics.FAILED.labels(kind="too_slow").inc()
            return refusal(request, "unavailable", 503, {"Retry-After": str(SECONDS_TO_WAIT)})

    async def _message(self, request: Request, conversation: Text) -> HTTPResponse:
        body = _body(request)
        message_id = body.get("id", uuid.uuid4().hex) if body else None
        if not isinstance(message_id, str) or not 0 < len(message_id) <= MAX_ID_CHARACTERS:
            return refusal(request, "unreadable", 400)
        agent = request.app.ctx.agent
        before = await earlier_answer(agent, conversation, message_id)
        if before is not None:
            if before.erases:  # the server died between saving the turn and erasing
                await erase(agent, conversation)
            return response.json(before.shown)
        language = shown_in(request)
        try:
            title = None
            if body.get("payload") is not None:
                press = {"message_id": message_id, "title": body.get("title")}
                tracker = await tracker_that_offered(agent.tracker_store, conversation, body["payload"], **press)
                text = pressed_payload(body["payload"], tracker, **press)
                said = tracker.events if tracker else ()  # a language may be chosen before anything was said
                title = body.get("title") if history.is_title(said, text, body.get("title")) else None
            else:
                text = typed_text(body.get("text"))
        except Rejected as rejected:
            return response.json(channel_texts(language).safety_reply(rejected.reason))
        region = body.get("region") if body.get("region") in REGIONS else None
        details = {"message_id": message_id, "title": title, "region": region, "language": language}
        details[TEST] = token.is_guest(token.address(request.token))
        details["seconds"] = request.ctx.deadline.seconds_left - SECONDS_TO_SAY_SO
        given = await hold_turn(agent, text, conversation, self.name(), **details)
        if given.erases:
            await erase(agent, conversation)
        if not given.kept:
            headers = {"Retry-After": str(SECONDS_TO_WAIT)}
            return response.json({"messages": given.messages}, status=503, headers=headers)
        return response.json(given.shown)

    async def _restore(self, request: Request, conversation: Text) -> HTTPResponse:
        tracker = await request.app.ctx.agent.tracker_store.retrieve_full_tracker(conversation)
        shown: List[Dict[Text, Any]] = history.conversation(tracker.events) if tracker else []
        return response.json(shown)

    async def _export(self, request: Request, conversation: Text) -> HTTPResponse:
        tracker = await request.app.ctx.agent.tracker_store.retrieve_full_tracker(conversation)
        language = language_of(tracker) or shown_in(request)
        file = export.as_file(tracker, datetime.date.today(), retention_days(), language)
        headers = {"Content-Disposition": f'attachment; filename="{file["name"]}"'}
        return response.text(file["text"], headers=headers)

    async def _forget(self, request: Request, conversation: Text) -> HTTPResponse:
        await erase(request.app.ctx.agent, conversation)
        return response.empty()
