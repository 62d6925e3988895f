"""Development channel: POST /webhooks/rest/webhook, as Rasa's own, but guarded. `sender` is chosen by the caller, so
anyone could write in anyone's conversation: it answers only this machine, and nothing that a proxy passes on.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels import hardening, startup
from naast.channels.buttons import tracker_that_offered
from naast.channels.guard import Rejected, pressed_payload, typed_text
from naast.channels.language import offered
from naast.channels.texts import channel_texts
from naast.channels.turn import take_turn
from naast.privacy.identity import conversation_id

MAX_SENDER_CHARACTERS = 255


class RestInput(InputChannel):
    """Takes `{"sender": str, "message": str}` or, for a pressed button, `{"sender": str, "payload": str}`;
    with an optional "language", as the web channel.

    Answers a list of messages: `{"recipient_id", "text", "buttons": [{"title", "payload"}], "custom", "language"}`; 400
    with `{"error"}` when the body is not that.
    """

    @classmethod
    def name(cls) -> Text:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "RestInput":
        startup.check()
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("naast_rest")

        @webhook.listener("before_server_start")
        async def harden(app: Sanic, _loop: Any) -> None:
            hardening.apply(app)

        @webhook.middleware("request")
        async def only_from_here(request: Request) -> Optional[HTTPResponse]:
            return None if hardening.is_local(request) else response.json({"error": "not from here"}, status=404)

        @webhook.listener("after_server_start")
        async def prepare(app: Sanic, _loop: Any) -> None:
            await startup.prepare(app)

        @webhook.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                body = request.json
            except InvalidUsage:
                body = None
            sender = body.get("sender") if isinstance(body, dict) else None
            if not isinstance(sender, str) or not 0 < len(sender) <= MAX_SENDER_CHARACTERS:
                return response.json({"error": 'send JSON: {"sender": "...", "message": "..."}'}, status=400)
            agent = request.app.ctx.agent
            conversation = conversation_id(self.name(), sender)
            language = offered(body.get("language"))
            try:
                if body.get("payload") is not None:
                    tracker = await tracker_that_offered(agent.tracker_store, conversation, body["payload"])
                    text = pressed_payload(body["payload"], tracker)
                else:
                    text = typed_text(body.get("message"))
            except Rejected as rejected:
                messages = channel_texts(language).safety_reply(rejected.reason)
            else:
                messages = await take_turn(agent, text, conversation, self.name(), language=language)
            return response.json([{"recipient_id": sender, **message} for message in messages])

        return webhook
