"""Which items of the guidance were said, and which never: those may be missing from training, or not be needed."""

from __future__ import annotations

from typing import Dict

import sqlalchemy as sa

from naast.desk.conversations.reading import QUESTION
from naast.desk.figures.figure import BARS, ITEM, LIST, Asked, Column, Figure, Row
from naast.desk.tables import CONVERSATION, EVENTS

C = CONVERSATION.c


def _said(connection: sa.engine.Connection, asked: Asked) -> Dict[str, int]:
    """How many messages came from each item, the one said most first. Questions are not items."""
    if not sa.inspect(connection).has_table(EVENTS.name):
        return {}
    if connection.dialect.name == "sqlite":
        item = sa.func.json_extract(EVENTS.c.data, "$.metadata.item")
    else:
        item = sa.cast(EVENTS.c.data, sa.JSON)[("metadata", "item")].as_string()
    wanted = sa.select(item.label("item"), sa.func.count().label("count"))
    wanted = wanted.select_from(CONVERSATION.join(EVENTS, EVENTS.c.sender_id == C.sender_id))
    counted = connection.execute(
        wanted.where(*asked.filters.conditions(), EVENTS.c.type_name == "bot").group_by("item")
    )
    found = {name: number for name, number in counted if name and not name.startswith(QUESTION)}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def counted(connection: sa.engine.Connection, asked: Asked) -> Dict[str, Figure]:
    said = _said(connection, asked)
    titles = {item.id: item.title for item in asked.library.items()}
    used = [Row(name, (number,), titles.get(name, "")) for name, number in said.items()]
    never = [Row(name, (), title) for name, title in sorted(titles.items()) if name not in said]
    return {
        "guidance_used": Figure(BARS, [Column("bubbles")], used, ITEM),
        "guidance_never_used": Figure(LIST, [], never, ITEM),
    }
