"""Promise 23: it refuses to start unsafe, and the line it stops with names the setting."""

import logging
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml
from rasa.core.channels.rest import RestInput
from rasa.core.lock_store import InMemoryLockStore, RedisLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from naast import settings
from naast.channels import self_check
from naast.channels.web import WebInput
from naast.settings import UnsafeSettings
from naast.store.lock_store import ConversationLocks
from naast.store.tracker_store import ErasableTrackerStore
from tests.servers import MODEL, ROOT, free_port


@pytest.fixture
def app(tmp_path):
    """A server as it should be, to take one thing away from."""
    store = ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db"))
    uses = type("SafetyGuard", (), {"__module__": "naast.understanding.safety.component"})
    nodes = {"safety": SimpleNamespace(uses=uses)}
    metadata = SimpleNamespace(predict_schema=SimpleNamespace(nodes=nodes))
    agent = SimpleNamespace(
        tracker_store=FailSafeTrackerStore(store),
        lock_store=ConversationLocks(),
        is_ready=lambda: True,
        processor=SimpleNamespace(model_metadata=metadata),
    )
    cors = SimpleNamespace(_options={"resources": {r"/*": {"origins": ""}}})
    return SimpleNamespace(
        ctx=SimpleNamespace(agent=agent, sanic_cors=cors, input_channels=[WebInput()]),
        router=SimpleNamespace(routes=[SimpleNamespace(path="webhooks/web/messages")]),
        blueprints={"naast_web": None, "naast_rest": None},
        state=SimpleNamespace(host="127.0.0.1"),
    )


def in_memory(app):
    app.ctx.agent.tracker_store = FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty()))


def rasas_redis(app):
    app.ctx.agent.lock_store = RedisLockStore.__new__(RedisLockStore)


def locks_in_memory(app):
    """Rasa takes these where no store is named."""
    app.ctx.agent.lock_store = InMemoryLockStore()


def rasas_rest(app):
    app.ctx.input_channels.append(RestInput())


def no_model(app):
    app.ctx.agent.is_ready = lambda: False


def another_model(app):
    app.ctx.agent.processor.model_metadata.predict_schema.nodes.clear()


def a_broker(app):
    app.ctx.agent.tracker_store.event_broker = object()


def api(app):
    app.router.routes.append(SimpleNamespace(path="conversations/<conversation_id:path>/tracker"))


def cors(app):
    app.ctx.sanic_cors._options["resources"]["/*"]["origins"] = "*"


def public_development(app):
    app.state.host = "0.0.0.0"


def test_as_it_should_be_it_starts(app):
    self_check.check(app)


@pytest.mark.parametrize(
    "change, named",
    [
        (in_memory, "endpoints.yml"),
        (rasas_redis, "lock store"),
        (locks_in_memory, "endpoints.yml"),
        (rasas_rest, "credentials.yml"),
        (no_model, "make train"),
        (another_model, "make train"),
        (a_broker, "event_broker"),
        (api, "--enable-api"),
        (cors, "NAAST_ORIGINS"),
        (public_development, "credentials.yml"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_each_thing_that_is_unsafe_is_refused_by_name(app, change, named):
    change(app)
    with pytest.raises(UnsafeSettings, match=named):
        self_check.check(app)


def test_debugging_is_refused(app, monkeypatch):
    monkeypatch.setattr(logging.getLogger("rasa"), "level", logging.DEBUG)
    logging.getLogger("rasa").manager._clear_cache()
    try:
        with pytest.raises(UnsafeSettings, match="--debug"):
            self_check.check(app)
    finally:
        monkeypatch.undo()
        logging.getLogger("rasa").manager._clear_cache()


@pytest.mark.parametrize(
    "name, value, read",
    [
        ("NAAST_KEY", "short", settings.key),
        ("NAAST_RETENTION_DAYS", "0", settings.retention_days),
        ("NAAST_RETENTION_DAYS", "ever", settings.retention_days),
        ("NAAST_ORIGINS", "*", settings.origins),
        ("NAAST_ORIGINS", "https://school.example/path", settings.origins),
        ("NAAST_PROXIES", "-1", settings.proxies),
        ("NAAST_PROXIES", "99", settings.proxies),
        ("NAAST_METRICS_TOKEN", "short", settings.metrics_token),
        ("NAAST_LOG_FORMAT", "xml", settings.logs_are_json),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(monkeypatch, name, value, read):
    monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeSettings, match=name):
        read()


def start_and_end(folder, endpoints, *arguments):
    """A real server that is to end by itself; Rasa alone would go on."""
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
    command = [sys.executable, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(free_port())]
    command += ["--model", str(MODEL), "--endpoints", str(folder / "endpoints.yml"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=150)
    assert ended.returncode != 0
    return ended.stderr


@pytest.fixture
def endpoints(tmp_path):
    read = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    read["tracker_store"]["db"] = str(tmp_path / "naast.db")
    return read


def test_the_real_server_ends_where_its_store_cannot_be_found(tmp_path, endpoints):
    endpoints["tracker_store"]["type"] = "naast.store.tracker_store.ErasableTrakcerStore"
    named = "naast: conversations would be kept in InMemoryTrackerStore; see endpoints.yml"
    assert named in start_and_end(tmp_path, endpoints)


def test_the_real_server_ends_where_no_locks_are_named(tmp_path, endpoints):
    del endpoints["lock_store"]
    assert "naast: the lock store would be InMemoryLockStore" in start_and_end(tmp_path, endpoints)


def test_the_real_server_ends_where_all_its_channels_are_rasas(tmp_path, endpoints):
    (tmp_path / "credentials.yml").write_text("rest:\n")
    given = start_and_end(tmp_path, endpoints, "--credentials", str(tmp_path / "credentials.yml"))
    assert "naast: Rasa's own channel rest lets everybody into every conversation; see credentials.yml" in given
