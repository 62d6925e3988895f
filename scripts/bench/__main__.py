"""`make bench`: measures the three projects one after the other and writes the table of docs/performance.md.

python -m scripts.bench [--conversations 100000]
python -m scripts.bench --two-servers    only what two servers answer beside one: docs/deployment.md, "Several servers"
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List

from scripts.bench import measures, projects, side_by_side
from scripts.bench.running import running

PAGE = Path("docs/performance.md")
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
TWO_BEGIN, TWO_END = "<!-- two servers -->", "<!-- /two servers -->"
ROWS = Dict[str, float]


def measure(project: projects.Project, conversations: int) -> ROWS:
    texts = measures.messages()
    folder = Path(tempfile.mkdtemp(prefix="naast-bench-"))
    try:
        with running(project, folder) as servers:
            rows = {"start-up, s": servers.start_up}
            rows["a message, median ms"], rows["a message, 95 % within, ms"] = measures.alone(servers.url, texts)
            for at_once in measures.AT_ONCE:
                answered, not_answered = measures.a_second([servers.url], texts, at_once)
                rows[f"messages answered a second, {at_once} at once"] = answered
                rows[f"of these not answered in time, {at_once} at once, %"] = not_answered
            for turn, milliseconds in measures.late(servers.url, texts).items():
                rows[f"a message at turn {turn}, ms"] = milliseconds
            rows["memory of both servers, MB"] = servers.megabytes
            measures.fill(servers.database, conversations)
            full = measures.alone(servers.url, texts)
            rows[f"a message with {conversations:,} conversations stored, median ms"] = full[0]
    finally:
        shutil.rmtree(folder)
    if project.seconds is not None:
        rows["training, s"] = project.seconds
    rows["model, MB"] = project.model.stat().st_size / 1e6
    return rows


def table(columns: Dict[str, ROWS]) -> List[str]:
    names = list(columns)
    first = columns[names[0]]
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for row in sorted({row for rows in columns.values() for row in rows}, key=list({**first, "training, s": 0}).index):
        values = [columns[name].get(row) for name in names]
        shown = ["" if value is None else f"{value:.1f}" if value < 100 else f"{value:.0f}" for value in values]
        lines.append(f"| {row} | " + " | ".join(shown) + " |")
    return lines


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--conversations", type=int, default=100_000)
    arguments.add_argument("--two-servers", action="store_true")
    given = arguments.parse_args()
    if given.two_servers:
        write(TWO_BEGIN, side_by_side.lines(), TWO_END)
    else:
        write(BEGIN, three_projects(given.conversations), END)


def three_projects(conversations: int) -> List[str]:
    made = [projects.floor(), projects.default(), projects.naast()]
    columns = {}
    for project in reversed(made):
        sys.stderr.write(f"==> measuring {project.name}\n")
        columns[project.name] = measure(project, conversations)
    return table(columns)


def write(begin: str, lines: List[str], end: str) -> None:
    """Into the page, with where and when it was measured."""
    load = os.getloadavg()[1]
    where = f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, {time.strftime('%d-%m-%Y')}"
    lines = [begin, f"Measured by `make bench` on {where}.", "", *lines, end]
    print("\n".join(lines))
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    PAGE.write_text(before + "\n".join(lines) + rest.split(end)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
