"""A figure: a table of which some columns are drawn. What it says in words stands in texts/, under its name."""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import Callable, Dict, Optional, Sequence, Tuple

import sqlalchemy as sa

from naast.desk.conversations.filters import Filters
from naast.desk.figures.period import Period
from naast.desk.texts import Texts
from naast.guidance.library import Library

OVER_TIME, BARS, LIST = "over_time", "bars", "list"
"""Upright columns side by side; lying bars below each other; a table only."""
DAY, ITEM = "day", "item"
"""Labels that are no texts: a day (ISO), the id of an item of the guidance."""
MOST_DRAWN = 15


@dataclasses.dataclass(frozen=True)
class Asked:
    """Of which conversations a figure is. `filters` holds the days of `period` too."""

    filters: Filters
    period: Period
    library: Library


@dataclasses.dataclass(frozen=True)
class Column:
    """`name` is a value of the group of texts `group` ("channel", "web"). A share is a fraction of one."""

    name: str
    group: str = "column"
    drawn: bool = True
    share: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """`label` is a value of the figure's group of texts, a day, or a name that stands for itself; `detail` says it in
    words where the group does not. A cell is None where it cannot be known."""

    label: str
    cells: Tuple[Optional[float], ...]
    detail: str = ""


@dataclasses.dataclass(frozen=True)
class Figure:
    """`most` is the highest value there can be, where there is one."""

    kind: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    group: str
    most: Optional[float] = None

    @property
    def drawn_rows(self) -> Sequence[Row]:
        return self.rows if self.kind == OVER_TIME else self.rows[:MOST_DRAWN]

    @property
    def is_empty(self) -> bool:
        return not any(cell for row in self.rows for cell in row.cells) and self.kind != LIST

    @property
    def has_details(self) -> bool:
        return any(row.detail for row in self.rows)


Count = Callable[[sa.engine.Connection, Asked], Dict[str, Figure]]
"""Gives one or more figures by name."""


def label(texts: Texts, figure: Figure, row: Row) -> str:
    """As it is read."""
    if figure.group == DAY:
        _, month, day = row.label.split("-")
        return f"{int(day)}-{int(month)}"
    if figure.group == ITEM:
        return row.label
    if row.detail and f"{figure.group}.{row.label}" not in texts.texts:
        return row.detail
    return texts.name(figure.group, row.label)


def as_csv(texts: Texts, figure: Figure) -> str:
    """The table as a spreadsheet reads it; shares as fractions, so that they can be computed with."""
    written = io.StringIO()
    writer = csv.writer(written)
    details = [texts("figures.detail")] if figure.has_details else []
    writer.writerow(
        [texts("figures.label"), *details, *(texts.name(column.group, column.name) for column in figure.columns)]
    )
    for row in figure.rows:
        cells = ["" if cell is None else round(cell, 4) for cell in row.cells]
        named = row.label if figure.group == DAY else label(texts, figure, row)
        writer.writerow([named, *([row.detail] if details else []), *cells])
    return written.getvalue()
