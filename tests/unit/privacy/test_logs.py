"""Whoever logs, and however: a message, an address, a local variable never reaches a handler."""

import asyncio
import json
import logging
import sys
import warnings

import pytest
import structlog

from naast.privacy import logs

CANARY = "zwaluwstaart"


@pytest.fixture
def written(monkeypatch, request):
    """What a handler writes, with the cutting of a Rasa server, or of the action server."""
    monkeypatch.setattr(logging, "_logRecordFactory", logging.LogRecord)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    lines = []

    class Handler(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Handler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.INFO)
    root.addHandler(handler)
    logs.install(trusts_warnings=getattr(request, "param", True))
    yield lines
    root.removeHandler(handler)


def fail():
    local = CANARY  # noqa: F841 - a frame's local variable
    raise KeyError(CANARY)


@pytest.mark.parametrize("name", ["rasa.core.processor", "naast.channels.turn", "sanic.error", "asyncio", "aiohttp"])
def test_an_exception_leaves_its_kind_and_place_and_no_word(written, name):
    try:
        fail()
    except KeyError:
        logging.getLogger(name).exception("it failed")
    assert CANARY not in str(written) and "KeyError at " in written[0] and "test_logs.py" in written[0]


def test_while_a_message_is_handled_only_naast_speaks(written):
    with logs.handling_a_message():
        logging.getLogger("rasa.core.actions.action").error(f"failed, the text was {CANARY}")
        logging.getLogger("rasa.core.agent").warning("the text was %s", CANARY)
        logging.getLogger("naast.channels.turn").error("naast.turn.failed")
    assert CANARY not in str(written) and len(written) == 3
    assert "rasa.core.actions.action" in written[0] and "left out" in written[0]
    assert written[2] == "ERROR naast.turn.failed"
    logging.getLogger("rasa.core.agent").warning("Rasa speaks again")
    assert written[3] == "WARNING Rasa speaks again"


def test_a_task_that_was_started_while_a_message_is_handled_stays_quiet(written):
    async def later():
        await asyncio.sleep(0)
        logging.getLogger("rasa").warning(f"late {CANARY}")

    async def handle():
        with logs.handling_a_message():
            task = asyncio.ensure_future(later())
        await task

    asyncio.run(handle())
    assert len(written) == 1 and CANARY not in written[0]


def test_what_libraries_fill_in_is_left_out_at_any_time(written):
    logging.getLogger("sanic.root").warning("Connection lost @ %s", "203.0.113.9")
    logging.getLogger("asyncio").error(f"Task exception was never retrieved: {CANARY}")
    assert "203.0.113.9" not in str(written) and CANARY not in str(written)
    assert written[0] == "WARNING Connection lost @ %s"


@pytest.mark.parametrize("written", [False], indirect=True)
def test_the_action_server_trusts_no_warning(written):
    logging.getLogger("rasa_sdk.endpoint").error(KeyError(CANARY))
    logging.getLogger("rasa_sdk.executor").warning(f"unknown event {CANARY}")
    logging.getLogger("rasa_sdk.executor").info("Registered function for 'action_advise'.")
    assert CANARY not in str(written) and "Registered" in written[2]


def test_warnings_and_structured_logs_are_cut_down_too(written):
    logger = structlog.wrap_logger(
        logging.getLogger("rasa.nlu"),
        processors=[structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()],
    )
    with logs.handling_a_message():
        try:
            fail()
        except KeyError:
            logger.error("nlu.failed", user_text=CANARY, exc_info=sys.exc_info())
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._show_warning
        warnings.warn(f"no such intent in {CANARY}", UserWarning, stacklevel=1)
    assert written and CANARY not in json.dumps(written)


def test_installing_twice_changes_nothing(written):
    before = logging.getLogRecordFactory()
    logs.install()
    assert logging.getLogRecordFactory() is before


def test_a_line_can_be_json_and_is_cut_down_all_the_same(monkeypatch, written):
    monkeypatch.setenv("NAAST_LOG_FORMAT", "json")
    for handler in logging.getLogger().handlers:
        monkeypatch.setattr(handler, "formatter", handler.formatter)
    logs.install()
    try:
        fail()
    except KeyError:
        with logs.handling_a_message():
            logging.getLogger("rasa.core").exception("no answer to %s", CANARY)
    line = json.loads(written[-1])
    assert (line["level"], line["logger"]) == ("error", "rasa.core")
    assert "KeyError at" in line["event"] and line["timestamp"] and CANARY not in written[-1]
