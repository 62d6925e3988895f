"""A parent on the fake Telegram: writes, presses, sends a picture, edits, blocks; sees what stands in the chat."""

from __future__ import annotations

import itertools
from typing import Any, Callable, Dict, List

from tests.fakes.bot_api import Chat, FakeBotApi, Shown

_ids = itertools.count(700_000_001)


class Parent:
    """`settled` tells whether Naast has answered all that it received."""

    def __init__(self, api: FakeBotApi, settled: Callable[[], bool]) -> None:
        self.api = api
        self.settled = settled
        self.language = "nl"
        self.chat = Chat(next(_ids))
        api.chats[self.chat.id] = self.chat

    @property
    def person(self) -> Dict[str, Any]:
        return {
            "id": self.chat.id,
            "is_bot": False,
            "first_name": "Sanne",
            "username": "sanne_k",
            "language_code": self.language,
        }

    @property
    def place(self) -> Dict[str, Any]:
        return {"id": self.chat.id, "type": "private", "first_name": "Sanne", "username": "sanne_k"}

    def message(self, **content: Any) -> Dict[str, Any]:
        """A message of this parent, as it stands in an update."""
        number = next(self.api.message_ids)
        self.chat.messages.append(Shown(number, "parent", content.get("text") or content.get("caption") or ""))
        return {"message_id": number, "from": self.person, "chat": self.place, "date": 1_700_000_000, **content}

    def send(self, **content: Any) -> Dict[str, Any]:
        """Send without waiting; returns the update."""
        update = self.api.update(message=self.message(**content))
        self.api.deliver(update)
        return update

    def answered(self, *updates: Dict[str, Any], seconds: float = 60.0) -> List[Shown]:
        """Deliver, wait until all is answered, and return what Naast said meanwhile."""
        before = {message.id for message in self.chat.messages}
        self.api.deliver(*updates)
        self.api.wait_for(lambda: not self.api.pending and self.settled(), seconds, "an answer")
        return [message for message in self.chat.by_bot() if message.id not in before]

    def say(self, text: str, **more: Any) -> List[Shown]:
        return self.answered(self.api.update(message=self.message(text=text, **more)))

    def give(self, **content: Any) -> List[Shown]:
        """Send something else than words: `photo=[...]`, `location={...}`."""
        return self.answered(self.api.update(message=self.message(**content)))

    def edit(self, message: Dict[str, Any], text: str) -> List[Shown]:
        return self.answered(self.api.update(edited_message={**message, "text": text, "edit_date": 1_700_000_100}))

    def tap(self, title: str) -> Dict[str, Any]:
        """The update of a press on the newest button that says so."""
        for shown in reversed(self.chat.messages):
            for button in shown.keyboard:
                if button["text"] == title and "callback_data" in button:
                    return self._press(shown, button["callback_data"])
        raise AssertionError(f"no button {title!r} in {[message.keyboard for message in self.chat.messages]}")

    def _press(self, shown: Shown, data: str) -> Dict[str, Any]:
        number = str(4_000_000_000 + next(self.api.message_ids))
        self.api.press_ids[number] = False
        message = {"message_id": shown.id, "date": 0, "chat": self.place, "text": shown.text}
        message["reply_markup"] = {"inline_keyboard": [[button] for button in shown.keyboard]}
        return self.api.update(callback_query={"id": number, "from": self.person, "message": message, "data": data})

    def press(self, title: str) -> List[Shown]:
        return self.answered(self.tap(title))

    def membership(self, status: str) -> Dict[str, Any]:
        bot = {"id": 123456789, "is_bot": True, "first_name": "Naast"}
        changed = {"chat": self.place, "from": self.person, "date": 0, "old_chat_member": {"user": bot, "status": "x"}}
        return self.api.update(my_chat_member={**changed, "new_chat_member": {"user": bot, "status": status}})

    def titles(self) -> List[str]:
        return [button["text"] for shown in self.chat.messages for button in shown.keyboard]
