"""Long polling: a conversation without any address that the world can reach. What holds by webhook too stands in the
other files (`both_ways`)."""

import requests

from tests.http.reading import says
from tests.telegram.test_conversations import REPORT, bubbles


def test_a_conversation_by_polling(polled):
    parent = polled.parent()
    assert says(bubbles(parent.say("/start")), "greet.")
    assert says(bubbles(parent.say(REPORT)), "first_report.")
    assert parent.press("Thuis, ik ben erbij")
    assert "Thuis, ik ben erbij" not in parent.titles()
    polled.api.fail("getUpdates", times=1, status=500)
    assert parent.give(photo=[{"file_id": "x"}])
    assert polled.api.complaints == []


def test_what_is_no_update_stops_no_conversation(polled):
    parent = polled.parent()
    good = [polled.api.update(message=parent.message(text=text)) for text in ("/start", REPORT)]
    broken = {**polled.api.update(message=parent.message(text="hoi")), "message": {"message_id": "x"}}
    said = parent.answered(None, {"update_id": 2**70}, good[0], [], {}, {"update_id": None}, broken, good[1])
    assert says(bubbles(said), "greet.") and says(bubbles(said), "first_report.")


def test_the_webhook_is_closed_while_we_poll(polled):
    assert requests.post(polled.hook, data=b"{}", timeout=10).status_code == 404
    health = polled.hook.rsplit("/", 1)[0] + "/health"
    assert requests.get(health, timeout=10).json() == {"status": "polling"}
