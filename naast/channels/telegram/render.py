"""Puts what Naast says into Telegram's own forms: keyboards, people to call, the plan, files. Pure.

A piece is one call of the Bot API, as JSON can hold it, for it waits in the inbox until it was sent:
`{"method", "params"}`, and where it applies `file` (a document to send along), `plan` (how many steps it shows and how
many are done), `after_plan` (it is said behind one), `told_of_traces` (it is the notice on what Telegram keeps) and
`lenient` (refused, it is left out). The chat is added when it is sent.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, List, Optional

from naast.channels.telegram.keyboards import keyboard
from naast.channels.telegram.texts import TelegramTexts, telegram_texts

Piece = Dict[str, Any]
MOST_CHARACTERS = 4096
"""In UTF-16 code units, as Telegram's apps count: never less than Telegram's servers do."""
NO_PREVIEW = {"is_disabled": True}
"""A preview would show on the screen which site a parent was told of."""


def pieces(messages: Iterable[Dict[str, Any]], turn: Optional[str] = None) -> List[Piece]:
    """The calls that say these messages, in order, each in the language it says it is in. `turn` is the number of the
    message that they answer."""
    made = [piece for message in messages for piece in _pieces_of(message, turn)]
    for before, after in zip(made, made[1:]):
        if before.get("plan"):
            after["after_plan"] = True
    return made


def remove_keyboard(message_id: int, links: Iterable[Dict[str, str]] = ()) -> Piece:
    """Takes the buttons off a message: what was pressed is not pressed again. Its links stay."""
    params = {"message_id": message_id, "reply_markup": {"inline_keyboard": [[link] for link in links]}}
    return {"method": "editMessageReplyMarkup", "params": params, "lenient": True}


def split(text: str, most: int = MOST_CHARACTERS) -> List[str]:
    """A text in parts that Telegram takes, cut where a paragraph, a line or a word ends if there is one."""
    parts = []
    while _units(text) > most:
        end = _fitting(text, most)
        cut = max(text.rfind(mark, 1, end + 1) for mark in ("\n\n", "\n", " "))
        cut = cut if cut > end // 2 else end
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [part for part in [*parts, text] if part]


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str, most: int) -> int:
    """How many characters of a text fit."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > most:
            return place
    return len(text)


def _pieces_of(message: Dict[str, Any], turn: Optional[str]) -> List[Piece]:
    texts, custom = telegram_texts(message.get("language")), message.get("custom") or {}
    kind = custom.get("kind")
    text, links, more = message.get("text") or "", [], {}
    if kind == "contact":
        text = "\n\n".join([text, *(_person(each, texts) for each in custom["contacts"])])
        links = [_link(each, texts) for each in custom["contacts"] if each.get("url")]
    elif kind == "plan":
        text, more = _plan(custom, texts)
    made = [_words(part) for part in split(text)]
    made += [_document(file) for file in custom.get("files") or []]
    if made:
        made[0].update(more)
        shown = keyboard(message.get("buttons") or [], links, turn)
        if shown:
            made[-1]["params"]["reply_markup"] = shown
        if message.get("told_of_traces"):
            made[-1]["told_of_traces"] = True
    return made


def _words(text: str) -> Piece:
    # No parse_mode: whatever stands in a text is shown literally.
    return {"method": "sendMessage", "params": {"text": text, "link_preview_options": NO_PREVIEW}}


def _document(file: Dict[str, str]) -> Piece:
    return {"method": "sendDocument", "params": {}, "file": file}


def _person(contact: Dict[str, Any], texts: TelegramTexts) -> str:
    state = {True: texts.open_now, False: texts.closed_now}.get(contact.get("open_now"))
    name, phone = contact["name"], contact.get("phone")
    # Telegram's apps make a number that stands by itself one to tap on.
    lines = [name + (f" ({state})" if state else ""), phone if phone and phone != name else None]
    return "\n".join(line for line in [*lines, contact.get("what_happens")] if line)


def _link(contact: Dict[str, Any], texts: TelegramTexts) -> Dict[str, str]:
    return {"text": texts.website.format(name=contact["name"]), "url": contact["url"]}


def _plan(custom: Dict[str, Any], texts: TelegramTexts) -> Any:
    steps = custom["steps"]
    done = sum(bool(step["done"]) for step in steps)
    lines = [_step(number, step, texts) for number, step in enumerate(steps, start=1)]
    progress = texts.progress.format(done=done, all=len(steps))
    text = "\n".join([custom["lead"], "", *lines, "", progress])
    return text, {"plan": {"steps": len(steps), "done": done}}


def _step(number: int, step: Dict[str, Any], texts: TelegramTexts) -> str:
    form = texts.step_done if step["done"] else texts.step_open
    return form.format(title=f"{number}. {re.sub(r'[{}]', '', step['title'])}")


def plain(piece: Piece) -> Optional[Piece]:
    """The same words without anything that Telegram might not take, or None where there is nothing left out."""
    params = {name: value for name, value in piece["params"].items() if name == "text"}
    return {**piece, "params": params} if params and params != piece["params"] else None
