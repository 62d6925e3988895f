"""A fake of Telegram's servers on loopback: the Bot API on one side, parents on the other.

As Telegram does it: updates are delivered in order, by webhook until it answers 200 or for whoever polls until they are
confirmed; every call is held against the documented limits (bot_rules.py); who was told to wait and does not is
noted in `complaints`, as is every call that Telegram would refuse.
"""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import json
import threading
import time
from typing import Any, Callable, Dict, List, Optional

import aiohttp
from aiohttp import web

from tests.fakes.bot_rules import check

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
A_SECOND = 31
"""So many messages Telegram takes within a second, give or take one."""
IN_A_CHAT = 6
"""So many it takes at once in one chat, give or take one; after that one a second."""


@dataclasses.dataclass
class Shown:
    """A message as it stands in a chat."""

    id: int
    by: str
    text: str = ""
    keyboard: List[Dict[str, str]] = dataclasses.field(default_factory=list)
    file: Optional[Dict[str, Any]] = None
    quotes: Optional[int] = None
    edits: int = 0


@dataclasses.dataclass
class Chat:
    """A chat with one person, or a group."""

    id: int
    type: str = "private"
    messages: List[Shown] = dataclasses.field(default_factory=list)
    blocked: bool = False
    left: bool = False
    wait_until: float = 0.0
    burst: float = 0.0
    burst_at: float = 0.0

    def too_fast(self) -> bool:
        """Count a message to this chat."""
        now = time.monotonic()
        self.burst, self.burst_at = max(0.0, self.burst - (now - self.burst_at)) + 1, now
        return self.burst > IN_A_CHAT

    def by_bot(self) -> List[Shown]:
        return [message for message in self.messages if message.by == "bot"]


@dataclasses.dataclass
class Fault:
    """The next `times` calls of a method go wrong: `status` is answered, or with `lost` the work is done and no answer
    comes, or with `hangs` seconds pass first."""

    method: str
    times: int = 1
    status: int = 500
    retry_after: int = 0
    lost: bool = False
    hangs: float = 0.0


class FakeBotApi:
    """Start it, give its `url` to Naast, let parents write (tests/fakes/parent.py), look at `chats`."""

    def __init__(self) -> None:
        self.chats: Dict[int, Chat] = {}
        self.calls: List[tuple] = []
        self.complaints: List[str] = []
        self.faults: List[Fault] = []
        self.settings: Dict[str, Any] = {}
        self.hook: Optional[Dict[str, str]] = None
        self.pending: List[Dict[str, Any]] = []
        self.numbers = itertools.count(1000)
        self.message_ids = itertools.count(1)
        self.press_ids: Dict[str, bool] = {}
        self.url = ""
        self.changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._sent: List[float] = []

    # Life

    def start(self) -> "FakeBotApi":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_post("/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
        delivering = asyncio.ensure_future(self._deliver())
        self._ready.set()
        await self._stop.wait()
        delivering.cancel()
        await runner.cleanup()

    # Towards the tests

    def wait_for(self, condition: Callable[[], Any], seconds: float = 30.0, what: str = "") -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while not condition():
                left = deadline - time.monotonic()
                assert left > 0, f"not within {seconds} s: {what}; complaints: {self.complaints}"
                self.changed.wait(min(left, 0.05))

    def update(self, **content: Any) -> Dict[str, Any]:
        """An update with the next number, not delivered yet."""
        return {"update_id": next(self.numbers), **content}

    def deliver(self, *updates: Dict[str, Any]) -> None:
        """Put updates in the queue towards Naast."""
        with self.changed:
            self.pending.extend(updates)
            self.changed.notify_all()

    def hook_to(self, url: str, secret: str) -> None:
        """As setWebhook, for a server without TLS."""
        self.hook = {"url": url, "secret_token": secret}

    def fail(self, method: str, **how: Any) -> None:
        """Let the next calls of a method go wrong; see Fault."""
        self.faults.append(Fault(method, **how))

    def called(self, method: str) -> List[Dict[str, Any]]:
        return [params for name, params in self.calls if name == method]

    # Towards Naast

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                with self.changed:
                    update = self.pending[0] if self.pending and self.hook else None
                if update is None:
                    await asyncio.sleep(0.005)
                    continue
                if await self._posted(session, update):
                    with self.changed:
                        self.pending.remove(update)
                        self.changed.notify_all()
                else:
                    await asyncio.sleep(0.1)

    async def _posted(self, session: aiohttp.ClientSession, update: Dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook["secret_token"], "Content-Type": "application/json"}
        try:
            async with session.post(self.hook["url"], data=json.dumps(update), headers=headers) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return self._refuse(401, "Unauthorized")
        params = await self._params(request)
        with self.changed:
            self.calls.append((method, params))
            fault = self._fault(method)
        if fault and fault.hangs:
            await asyncio.sleep(fault.hangs)
        if fault and not fault.lost:
            if fault.status == 429:
                if "chat_id" in params:
                    self.chats[params["chat_id"]].wait_until = time.monotonic() + fault.retry_after
                return self._refuse(429, "Too Many Requests", parameters={"retry_after": fault.retry_after})
            return self._refuse(fault.status, "Internal Server Error")
        if method == "getUpdates":
            return await self._updates(params)
        with self.changed:
            answer = self._do(method, params)
            self.changed.notify_all()
        if fault:
            request.transport.abort()
        return answer

    @staticmethod
    async def _params(request: web.Request) -> Dict[str, Any]:
        if request.content_type == "application/json":
            return await request.json()
        params: Dict[str, Any] = {}
        async for part in await request.multipart():
            if part.filename:
                params[part.name] = {"name": part.filename, "content": bytes(await part.read())}
            else:
                value = await part.text()
                params[part.name] = json.loads(value) if value[:1] in "{[-0123456789" else value
        return params

    def _fault(self, method: str) -> Optional[Fault]:
        for fault in self.faults:
            if fault.method == method and fault.times:
                fault.times -= 1
                return fault
        return None

    def _refuse(self, status: int, said: str, **more: Any) -> web.Response:
        return web.json_response({"ok": False, "error_code": status, "description": said, **more}, status=status)

    def _grant(self, result: Any) -> web.Response:
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, params: Dict[str, Any]) -> web.Response:
        wrong = check("getUpdates", params)
        if wrong or self.hook:
            self.complaints.append(wrong or "getUpdates beside a webhook")
            return self._refuse(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, deadline = params.get("offset", 0), time.monotonic() + params.get("timeout", 0)
        while True:
            with self.changed:
                self.pending = self.pending[self._confirmed(offset) :]
                found = self.pending[: params.get("limit", 100)]
                self.changed.notify_all()
            if found or time.monotonic() > deadline:
                return self._grant(found)
            await asyncio.sleep(0.01)

    def _confirmed(self, offset: int) -> int:
        """How many of the updates that wait an offset confirms: all up to the last one with a number below it."""
        numbers = [update.get("update_id") if isinstance(update, dict) else None for update in self.pending]
        below = [place for place, number in enumerate(numbers, start=1) if type(number) is int and 0 <= number < offset]
        return max(below, default=0)

    def _do(self, method: str, params: Dict[str, Any]) -> web.Response:
        wrong = check(method, params)
        if wrong:
            self.complaints.append(f"{method}: {wrong}")
            return self._refuse(400, wrong)
        if "chat_id" in params:
            chat = self.chats.get(params["chat_id"])
            if chat is None:
                self.complaints.append(f"{method}: chat not found")
                return self._refuse(400, "Bad Request: chat not found")
            if chat.blocked or chat.left:
                return self._refuse(403, "Forbidden: bot was blocked by the user")
            if time.monotonic() < chat.wait_until - 0.05:
                self.complaints.append(f"{method}: did not wait as it was told")
            return self._in_chat(method, params, chat)
        if method == "answerCallbackQuery":
            if self.press_ids.get(params["callback_query_id"], True):
                return self._refuse(400, "Bad Request: query is too old and response timeout expired")
            self.press_ids[params["callback_query_id"]] = True
            return self._grant(True)
        if method == "getMe":
            return self._grant({"id": 123456789, "is_bot": True, "first_name": "Naast", "username": "naast_bot"})
        if method == "deleteWebhook":
            self.hook = None
        elif method == "setWebhook":
            self.hook = params
        self.settings[method] = params
        return self._grant(True)

    def _in_chat(self, method: str, params: Dict[str, Any], chat: Chat) -> web.Response:
        if method in ("sendMessage", "sendDocument", "editMessageText") and chat.too_fast():
            self.complaints.append(f"{method}: too fast for one chat")
            return self._refuse(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
        rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
        buttons = [button for row in rows for button in row]
        if method in ("sendMessage", "sendDocument"):
            now = time.monotonic()
            self._sent = [moment for moment in self._sent if moment > now - 1] + [now]
            if len(self._sent) > A_SECOND:
                self.complaints.append(f"{len(self._sent)} messages within a second")
            quotes = (params.get("reply_parameters") or {}).get("message_id")
            text, file = params.get("text", ""), params.get("document")
            shown = Shown(next(self.message_ids), "bot", text, buttons, file, quotes)
            chat.messages.append(shown)
            return self._grant({"message_id": shown.id, "date": 0, "chat": {"id": chat.id, "type": chat.type}})
        if method == "leaveChat":
            chat.left = True
            return self._grant(True)
        found = next((message for message in chat.by_bot() if message.id == params["message_id"]), None)
        if found is None:
            return self._refuse(400, f"Bad Request: message to {method[:6]} not found")
        if method == "deleteMessage":
            chat.messages.remove(found)
            return self._grant(True)
        text = params.get("text", found.text)
        if (text, buttons) == (found.text, found.keyboard):
            return self._refuse(400, "Bad Request: message is not modified")
        found.text, found.keyboard, found.edits = text, buttons, found.edits + 1
        return self._grant({"message_id": found.id})
