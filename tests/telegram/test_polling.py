"""Long polling, with a server of its own: a whole conversation without any address that the world can reach."""

import pytest
import requests

from tests.http.reading import says
from tests.telegram.conftest import telegram
from tests.telegram.test_conversations import REPORT, bubbles


@pytest.fixture(scope="module")
def polled(tmp_path_factory, action_port):
    with telegram(tmp_path_factory.mktemp("polled"), "polling", action_port) as running:
        yield running


def test_a_conversation_by_polling(polled):
    parent = polled.parent()
    assert says(bubbles(parent.say("/start")), "greet.")
    assert says(bubbles(parent.say(REPORT)), "first_report.")
    assert parent.press("Thuis, ik ben erbij")
    assert "Thuis, ik ben erbij" not in parent.titles()
    polled.api.fail("getUpdates", times=1, status=500)
    assert parent.give(photo=[{"file_id": "x"}])
    assert polled.api.complaints == []


def test_the_webhook_is_closed_while_we_poll(polled):
    assert requests.post(polled.hook, data=b"{}", timeout=10).status_code == 404
    health = polled.hook.rsplit("/", 1)[0] + "/health"
    assert requests.get(health, timeout=10).json() == {"status": "polling"}
