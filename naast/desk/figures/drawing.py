"""Where everything of a figure stands in its picture, in units of the picture; a template only writes it down.

Drawn here and not by matplotlib, which puts a style on every element: the desk's policy allows none in a page.
"""

from __future__ import annotations

import dataclasses
import math
from typing import List, Sequence, Tuple

from naast.desk.figures.figure import ITEM, OVER_TIME, Column, Figure, label
from naast.desk.texts import Texts

WIDTH = 720
LEFT, RIGHT, TOP, BELOW = 44, 8, 10, 22
PLOT_HEIGHT = 150
"""Of upright columns."""
NAMES, VALUES = 290, 50
"""Of lying bars: the room for their names on the left and their values on the right."""
BAR, BETWEEN = 16, 8
MOST_LABELS = 10
LONGEST_NAME = 38


@dataclasses.dataclass(frozen=True)
class Box:
    """A part of a column or bar; `series` chooses its colour, `title` is shown when a mouse rests on it."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclasses.dataclass(frozen=True)
class Word:
    x: float
    y: float
    anchor: str
    text: str


@dataclasses.dataclass
class Drawing:
    """`lines` holds x1, y1, x2, y2 of each line of the scale."""

    height: float
    width: float = WIDTH
    boxes: List[Box] = dataclasses.field(default_factory=list)
    words: List[Word] = dataclasses.field(default_factory=list)
    lines: List[Tuple[float, float, float, float]] = dataclasses.field(default_factory=list)


def number(value: float | None, share: bool) -> str:
    """As it is read: a share in percent; nothing known is a dash."""
    if value is None:
        return "–"
    if share:
        return f"{value * 100:.1f}%"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def scale(highest: float, whole: bool) -> List[float]:
    """Two to six round numbers from 0, the last not below the highest value."""
    if highest <= 0:
        return [0, 1]
    size = 10 ** math.floor(math.log10(highest))
    step = next(size * part for part in (0.2, 0.5, 1, 2) if highest <= size * part * 5)
    step = max(1, step) if whole else step
    return [step * place for place in range(math.ceil(highest / step - 1e-9) + 1)]


def draw(texts: Texts, figure: Figure) -> Drawing:
    drawn = [(place, column) for place, column in enumerate(figure.columns) if column.drawn]
    stacked = [
        [(index, column, max(0, row.cells[place] or 0)) for index, (place, column) in enumerate(drawn)]
        for row in figure.drawn_rows
    ]
    names = _names(texts, figure)
    highest = figure.most or max(sum(value for _, _, value in parts) for parts in stacked)
    if figure.kind == OVER_TIME:
        return _upright(texts, names, stacked, highest)
    totals = [_total([row.cells[place] for place, _ in drawn]) for row in figure.drawn_rows]
    return _lying(texts, names, stacked, highest, [number(total, drawn[0][1].share) for total in totals])


def _total(cells: Sequence[float | None]) -> float | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known else None


def _names(texts: Texts, figure: Figure) -> List[str]:
    """What a bar is called: its label, with the detail where two have the same, or the detail of what has no text."""
    labels = [label(texts, figure, row) for row in figure.drawn_rows]
    names = []
    for row, known in zip(figure.drawn_rows, labels):
        if figure.group == ITEM and row.detail:
            known = row.detail
        elif labels.count(known) > 1:
            known = f"{known}: {row.detail}"
        names.append(known)
    return names


Stacked = Sequence[Sequence[Tuple[int, Column, float]]]


def _upright(texts: Texts, names: Sequence[str], stacked: Stacked, highest: float) -> Drawing:
    drawing = Drawing(TOP + PLOT_HEIGHT + BELOW)
    share = stacked[0][0][1].share
    ticks = scale(highest, whole=not share)
    ground, per_unit = TOP + PLOT_HEIGHT, PLOT_HEIGHT / ticks[-1]
    for tick in ticks:
        y = ground - tick * per_unit
        drawing.lines.append((LEFT, y, WIDTH - RIGHT, y))
        drawing.words.append(Word(LEFT - 6, y + 4, "end", f"{tick * 100:g}%" if share else f"{tick:g}"))
    room = (WIDTH - LEFT - RIGHT) / len(names)
    every = math.ceil(len(names) / MOST_LABELS)
    for place, (name, parts) in enumerate(zip(names, stacked)):
        y = ground
        for series, column, value in parts:
            if value:
                height = value * per_unit
                y -= height
                title = f"{name}, {texts.name(column.group, column.name)}: {number(value, column.share)}"
                drawing.boxes.append(Box(LEFT + (place + 0.1) * room, y, room * 0.8, height, series, title))
        if place % every == 0:
            drawing.words.append(Word(LEFT + (place + 0.5) * room, ground + 16, "middle", name))
    return drawing


def _lying(texts: Texts, names: Sequence[str], stacked: Stacked, longest: float, totals: Sequence[str]) -> Drawing:
    drawing = Drawing(len(names) * (BAR + BETWEEN) + BETWEEN)
    per_unit = (WIDTH - NAMES - VALUES) / (longest or 1)
    for place, (name, parts, total) in enumerate(zip(names, stacked, totals)):
        x, y = NAMES, BETWEEN + place * (BAR + BETWEEN)
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        drawing.words.append(Word(NAMES - 8, y + BAR - 4, "end", short))
        for series, column, value in parts:
            if value:
                title = f"{name}, {texts.name(column.group, column.name)}: {number(value, column.share)}"
                drawing.boxes.append(Box(x, y, value * per_unit, BAR, series, title))
                x += value * per_unit
        drawing.words.append(Word(x + 6, y + BAR - 4, "start", total))
    return drawing
