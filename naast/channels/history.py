"""A conversation as the parent saw it, read from its events: to restore a page, and to repeat a lost answer."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Optional, Text, Tuple, Union

from rasa.shared.core.events import BotUttered, Event, UserUttered

from naast.channels.language import by_payload

PARENT, NAAST = "parent", "naast"
ANSWERS = ("/affirm", "/deny")
"""What these say, also with a fact beside it, depends on the question that is open."""
Messages = List[Dict[Text, Any]]


def as_message(event: BotUttered) -> Dict[Text, Any]:
    """What Naast said, in the form in which it was sent."""
    data = event.data or {}
    language = (event.metadata or {}).get("language")
    shown = {"text": event.text, "buttons": data.get("buttons"), "custom": data.get("custom"), "language": language}
    return {name: value for name, value in shown.items() if value}


def answer_to(events: Iterable[Event], message_id: Text) -> Optional[Messages]:
    """The answer to a message that was handled before, or None where it was not. A message that is sent twice because
    the first answer never arrived is answered from here, and stands once in the conversation."""
    answer: Optional[Messages] = None
    for event in events:
        if isinstance(event, UserUttered):
            if answer is not None:
                break
            answer = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and answer is not None:
            answer.append(as_message(event))
    return answer


def buttons(events: Iterable[Event]) -> Iterator[Dict[Text, Text]]:
    """Every button that was offered, with `title` and `payload`; so is every step of a plan that may be ticked off."""
    for event in events:
        if isinstance(event, BotUttered):
            data = event.data or {}
            yield from data.get("buttons") or []
            steps = (data.get("custom") or {}).get("steps") or []
            yield from (step["tick"] for step in steps if step.get("tick"))


def is_answer(button: Dict[Text, Text]) -> bool:
    """True when what a button means depends on the question that is open."""
    return button["payload"].partition("{")[0] in ANSWERS


def pressable(events: Iterable[Event], message_id: Optional[Text] = None) -> Iterator[Dict[Text, Text]]:
    """The buttons that still mean what they said: all that were offered, but a yes or a no only where it stands below
    what was said last. An older one would answer whatever is asked now: that a child is in no danger, or may be erased.

    Args:
        message_id: of the press itself, where that may have been kept already; what came after it is left out.
    """
    return (button for button, _ in pressable_by_turn(events, message_id))


def pressable_by_turn(
    events: Iterable[Event], message_id: Optional[Text] = None
) -> Iterator[Tuple[Dict[Text, Text], Optional[Text]]]:
    """`pressable`, each with the id of the message that it stands below: two questions may have buttons that say and
    send the same."""
    offered: List[Tuple[Dict[Text, Text], Optional[Text]]] = []
    said_last, turn = 0, None
    for event in events:
        if isinstance(event, UserUttered):
            if message_id is not None and event.message_id == message_id:
                break
            said_last, turn = len(offered), event.message_id
        offered += [(button, turn) for button in buttons([event])]
    yield from offered[said_last:]
    yield from ((button, turn) for button, turn in offered[:said_last] if not is_answer(button))


def is_title(events: Iterable[Event], payload: Text, title: Any) -> bool:
    """True when a button of this conversation with this payload said so: several may send the same."""
    return any(button["payload"] == payload and button["title"] == title for button in buttons(events))


def said(events: Iterable[Event]) -> Iterator[Tuple[Union[BotUttered, UserUttered], Optional[Text]]]:
    """Everything that was said. Where the parent pressed a button, with what it said; that may be one of a menu, which
    no message offered."""
    titles: Dict[Text, Text] = dict(by_payload())
    for event in events:
        if isinstance(event, BotUttered):
            titles.update({button["payload"]: button["title"] for button in buttons([event])})
            if event.text:
                yield event, None
        elif isinstance(event, UserUttered) and event.text:
            yield event, (event.metadata or {}).get("title") or titles.get(event.text)


def conversation(events: Iterable[Event]) -> Messages:
    """Everything that was said, each with who said it. A pressed button reads as its title."""
    return [
        {"from": NAAST, **as_message(event)}
        if isinstance(event, BotUttered)
        else {"from": PARENT, "text": title or event.text}
        for event, title in said(events)
    ]
