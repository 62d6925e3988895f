"""The door for whoever runs Naast, read by machines. No content, no conversation; never passed on by the proxy.

    GET /webhooks/operations/health   200: the process answers
    GET /webhooks/operations/ready    200 or 503: {"model", "database", "actions"}, each true or false
    GET /webhooks/operations/metrics  what naast/channels/metrics.py counts, as Prometheus reads it

Answers this machine, or whoever shows NAAST_METRICS_TOKEN; to all others there is nothing here.
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any, Awaitable, Callable, Dict, Optional, Text

import aiohttp
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from naast.channels import hardening, startup
from naast.settings import metrics_token

SECONDS = 2


async def _actions_answer(agent: Agent) -> bool:
    health = agent.action_endpoint.url.removesuffix("/webhook") + "/health"
    patience = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=patience) as session, session.get(health) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return False


class OperationsInput(InputChannel):
    """See the top of this file."""

    @classmethod
    def name(cls) -> Text:
        return "operations"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "OperationsInput":
        startup.check()
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        operations = Blueprint("naast_operations")
        token = metrics_token()

        @operations.listener("before_server_start")
        async def harden(app: Sanic, _loop: Any) -> None:
            hardening.apply(app)

        @operations.middleware("request")
        async def only_for_operators(request: Request) -> Optional[HTTPResponse]:
            shown = (request.token or "").encode("utf-8", "surrogatepass")
            if hardening.is_local(request) or (token and hmac.compare_digest(shown, token)):
                return None
            return hardening.refusal(request, "unavailable", 404)

        @operations.get("/health")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @operations.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            found = {
                "model": agent.is_ready(),
                "database": await asyncio.to_thread(agent.tracker_store.is_writable),
                "actions": await _actions_answer(agent),
            }
            return response.json(found, status=200 if all(found.values()) else 503)

        @operations.get("/metrics")
        async def figures(_request: Request) -> HTTPResponse:
            return response.raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)

        return operations
