"""Is this installation in order? A line for each thing that is looked at; for each that is not, what to do.

Ends with 1 when something stops Naast from running as it should. What only deserves a look does not.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Callable, List, Optional, Tuple

from naast import settings
from naast.store import schema
from scripts.database import database
from scripts.preflight import port_is_free
from scripts.ready import ACTIONS, RASA, Server, desk

MODEL = "models/naast.tar.gz"
LEAST_MEGABYTES = 2000
MEMORY_MEGABYTES = 1500


def telegram() -> None:
    """Raises: see telegram_settings, which brings Rasa along: seconds, for nothing where Telegram is closed."""
    if os.environ.get("NAAST_TELEGRAM_TOKEN"):
        from naast.channels.telegram.settings import telegram_settings

        telegram_settings()


SETTINGS = (
    settings.retention_days,
    settings.origins,
    settings.database_url,
    settings.redis_url,
    settings.proxies,
    settings.metrics_token,
    settings.logs_are_json,
    settings.desk_url,
    settings.chat_url,
    telegram,
)


@dataclasses.dataclass(frozen=True)
class Finding:
    """`remedy` is None where all is well. `stops` says whether Naast can run in spite of it."""

    what: str
    remedy: Optional[str] = None
    stops: bool = True


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = sys.version_info[:2] == (3, 10)
    return Finding(f"Python {version}", None if fits else "Rasa 3.6 needs Python 3.10: make clean, then make run")


def processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> Finding:
    if not cpuinfo.exists():
        return Finding("processor: not known on this system", "check that it has AVX2", stops=False)
    has = "avx2" in cpuinfo.read_text()
    remedy = "the encoder needs AVX2; take another machine, or the second encoder that docs/dependencies.md names"
    return Finding("processor with AVX2" if has else "processor without AVX2", None if has else remedy)


def memory(meminfo: Path = Path("/proc/meminfo")) -> Finding:
    if not meminfo.exists():
        return Finding("memory: not known on this system", "check that 1.5 GB are free", stops=False)
    lines = dict(line.split(":") for line in meminfo.read_text().splitlines())
    free = int(lines["MemAvailable"].split()[0]) // 1000
    remedy = f"{MEMORY_MEGABYTES} MB are wanted: stop something else, or add memory"
    return Finding(f"{free} MB of memory free", None if free >= MEMORY_MEGABYTES else remedy, stops=False)


def disk(folder: Path = Path(".")) -> Finding:
    free = shutil.disk_usage(folder).free // 1_000_000
    remedy = f"{LEAST_MEGABYTES} MB are wanted: with a full disk no message can be kept, and none is answered"
    return Finding(f"{free} MB of disk free", None if free >= LEAST_MEGABYTES else remedy)


def _servers() -> List[Server]:
    """Without the desk where its address makes no sense: `environment` says so."""
    try:
        return [ACTIONS, desk(), RASA]
    except settings.UnsafeSettings:
        return [ACTIONS, RASA]


def ports() -> Finding:
    servers = _servers()
    taken = [server for server in servers if not port_is_free(server.port)]
    running = [server for server in taken if server.answers()]
    if running == taken and {ACTIONS, RASA} <= set(taken):
        return Finding("Naast is running" if taken == servers else "Naast is running, without the trainers' desk")
    if taken:
        names = ", ".join(f"{server.port} ({server.name})" for server in taken)
        return Finding(f"ports in use: {names}", "stop what listens there, or finish the start of Naast")
    return Finding(f"ports {', '.join(str(server.port) for server in servers)} are free")


def environment() -> Finding:
    wrong = []
    for read in SETTINGS:
        try:
            read()
        except settings.UnsafeSettings as error:
            wrong.append(str(error).removeprefix("naast: "))
    return Finding("settings of the environment", "; ".join(wrong) or None)


def key(kept_in: Path = settings.KEY_FILE) -> Finding:
    if "NAAST_KEY" not in os.environ and not kept_in.exists():
        return Finding(f"no key yet; the first start makes {kept_in}")
    try:
        settings.key(kept_in)
    except settings.UnsafeSettings as error:
        return Finding("key", str(error).removeprefix("naast: "))
    return Finding("key, for its owner only")


def model() -> Finding:
    if not Path(MODEL).exists():
        return Finding("no model", "make train")
    # make knows what the model learns from, and so whether it is older.
    stale = subprocess.run(["make", "--question", "--silent", MODEL], capture_output=True, check=False).returncode
    return Finding("model", "it is older than what it learns from: make train" if stale else None, stops=False)


def conversations(file: Optional[Path] = None) -> Finding:
    if file is None and os.environ.get("NAAST_DATABASE_URL"):
        return _in_postgresql()
    file = file or database()
    if not file.exists():
        return Finding(f"no conversations yet ({file})")
    if file.stat().st_mode & 0o007:
        return Finding(f"{file}", f"everybody on this machine may read it: chmod 640 {file}*", stops=False)
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            check = opened.execute("PRAGMA quick_check").fetchone()[0]
            number = opened.execute("SELECT count(DISTINCT sender_id) FROM events").fetchone()[0]
    except sqlite3.Error as error:
        check, number = str(error), 0
    remedy = f"the database is damaged ({check}): docs/operations.md, 'When the database is damaged'"
    return Finding(f"{number} conversations in {file}", None if check == "ok" else remedy)


def _in_postgresql() -> Finding:
    what = "conversations in the PostgreSQL of NAAST_DATABASE_URL"
    try:
        current = schema.is_current(schema.engine(settings.database_url()))
    except settings.UnsafeSettings as error:
        return Finding(what, str(error).removeprefix("naast: "))
    return Finding(what, None if current else "its tables are of another version: make migrate")


LOOKED_AT: Tuple[Callable[[], Finding], ...] = (
    python,
    processor,
    memory,
    disk,
    ports,
    environment,
    key,
    model,
    conversations,
)


def findings() -> List[Finding]:
    return [look() for look in LOOKED_AT]


def main() -> None:
    found = findings()
    for each in found:
        print(f"{'ok  ' if each.remedy is None else 'NO  ' if each.stops else 'look'} {each.what}")
        if each.remedy:
            print(f"     -> {each.remedy}")
    sys.exit(1 if any(each.remedy and each.stops for each in found) else 0)


if __name__ == "__main__":
    main()
