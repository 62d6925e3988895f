"""Promise 25: open files, threads and memory do not grow with what was said."""

import os
import uuid

import pytest

from tests.promises.until import acknowledged
from tests.web import Page

SAID = ["mijn zoon van 14 wordt gechanteerd", "ze willen 300 euro", "moeten we betalen?", "wat moet ik nu doen?", "ja"]


def held(servers):
    """Open files, threads and megabytes of the two servers together."""
    files = threads = megabytes = 0
    for process in servers.processes.values():
        files += len(os.listdir(f"/proc/{process.pid}/fd"))
        with open(f"/proc/{process.pid}/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        threads += int(lines["Threads"])
        megabytes += int(lines["VmRSS"].split()[0]) / 1000
    return files, threads, megabytes


def talk(servers, turns):
    for _ in range(turns // len(SAID)):
        page = Page.begin(servers)
        for text in SAID:
            acknowledged(page, text, uuid.uuid4().hex)
        page.session.close()


def grown(servers, turns, warm_up):
    talk(servers, warm_up)
    before = held(servers)
    talk(servers, turns)
    return [after - first for after, first in zip(held(servers), before)]


def test_thirty_turns_leave_no_file_and_no_thread_open(servers):
    files, threads, _ = grown(servers, 30, warm_up=20)
    assert files <= 5 and threads <= 5


@pytest.mark.prove
def test_ten_thousand_turns(servers):
    files, threads, megabytes = grown(servers, 10_000, warm_up=500)
    assert files <= 5 and threads <= 5 and megabytes < 100


@pytest.mark.prove
def test_fifty_starts_and_stops_leave_no_process_and_no_lock(breakable):
    for _ in range(50):
        breakable.stop("actions")
        breakable.start_actions()
    for _ in range(5):
        breakable.stop("rasa")
        breakable.start_rasa()
    assert breakable.ask_operator("ready").status_code == 200
