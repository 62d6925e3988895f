"""The desk as it is started: accounts on the command line, and the process itself."""

import os
import subprocess
import sys
import time

import pytest
import requests

from tests.servers import ROOT, free_port


@pytest.fixture
def run(tmp_path):
    """Run a module of the desk on a database of its own."""
    (tmp_path / "endpoints.yml").write_text(f"tracker_store: {{db: {tmp_path}/naast.db}}\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "NAAST_DESK_URL": f"http://127.0.0.1:{free_port()}",
        "NAAST_KEY": "k" * 32,
    }

    def start(module, *arguments, stdin=subprocess.PIPE):
        command = [sys.executable, "-m", f"naast.desk{module}", *arguments]
        pipes = {"stdin": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **pipes)

    start.url = environment["NAAST_DESK_URL"]
    return start


def test_an_account_is_made_and_serves_to_log_in(run):
    said, _ = run(".accounts", "add", "anna", "admin").communicate("vier woorden van klei\n")
    assert "anna (admin) can log in" in said
    _, complaint = run(".accounts", "add", "bert", "reviewer").communicate("kort\n")
    assert "12 to 256 characters" in complaint
    serving = run("")
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                requests.get(f"{run.url}/login", timeout=2)
                break
            except requests.RequestException:
                time.sleep(0.1)
        form = {"name": "anna", "password": "vier woorden van klei"}
        answer = requests.post(f"{run.url}/login", data=form, headers={"Origin": run.url}, timeout=10)
        assert answer.status_code == 200 and "Er zijn nog geen gesprekken" in answer.text
        assert "server" not in answer.headers
    finally:
        serving.terminate()
        _, complaints = serving.communicate(timeout=20)
    assert complaints == ""
    said, _ = run(".accounts", "list").communicate()
    assert said.split() == ["anna", "admin"]
