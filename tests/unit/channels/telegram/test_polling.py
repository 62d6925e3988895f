"""Long polling: nothing is confirmed before it is kept, nothing is fetched twice, no webhook is taken away."""

import asyncio

import pytest

from naast.channels.telegram import polling
from naast.channels.telegram.api import BotApi
from naast.channels.telegram.polling import poll
from tests.fakes.bot_api import TOKEN, FakeBotApi


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(polling, "PAUSES", ())
    monkeypatch.setattr(polling, "LAST_PAUSE", 0.05)
    started = FakeBotApi().start()
    yield started
    started.stop()


def fetch(fake, until, receive):
    async def work():
        api = BotApi(fake.url, TOKEN)
        fetching = asyncio.ensure_future(poll(api, receive, seconds=0))
        try:
            for _ in range(500):
                if until():
                    return
                assert not fetching.done(), fetching.exception()
                await asyncio.sleep(0.02)
            raise AssertionError("not fetched within 10 s")
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
            await api.close()

    asyncio.run(work())


def test_updates_are_fetched_in_order_and_confirmed(fake):
    kept = []
    fake.deliver(*(fake.update(message=number) for number in range(250)))

    async def receive(update):
        kept.append(update["message"])

    fetch(fake, lambda: not fake.pending, receive)
    assert kept == list(range(250)) and fake.complaints == []


def test_what_could_not_be_kept_is_fetched_again(fake):
    kept, failures = [], iter([True, False, True, False])
    fake.deliver(*(fake.update(message=number) for number in range(5)))

    async def receive(update):
        if next(failures, False):
            raise OSError("disk full")
        kept.append(update["message"])

    fetch(fake, lambda: not fake.pending, receive)
    assert kept == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("how", [{"status": 500}, {"status": 429, "retry_after": 0}, {"status": 409}])
def test_a_telegram_that_is_down_is_asked_again(fake, how):
    kept = []
    fake.deliver(fake.update(message="x"))
    fake.fail("getUpdates", times=2, **how)

    async def receive(update):
        kept.append(update)

    fetch(fake, lambda: not fake.pending, receive)
    assert len(kept) == 1


def test_a_webhook_of_another_server_stays_and_is_told(fake, caplog):
    kept = []
    fake.hook_to("http://127.0.0.1:9/", "x")
    fake.deliver(fake.update(message="x"))

    async def receive(update):
        kept.append(update)

    def told():
        return "naast.telegram.webhook_is_set" in caplog.text

    fetch(fake, told, receive)
    assert fake.hook is not None and not kept and "make telegram-setup" in caplog.text
    fake.hook = None
    fetch(fake, lambda: not fake.pending, receive)
    assert len(kept) == 1


MALFORMED = [None, 7, "x", [], {}, {"update_id": None}, {"update_id": True}, {"update_id": "9"}, {"update_id": 1.5}]
MALFORMED += [{"update_id": -1}, {"update_id": 2**62}, {"update_id": 2**70}]


@pytest.mark.parametrize("malformed", MALFORMED, ids=str)
def test_what_is_no_update_stops_nothing_and_confirms_nothing_that_comes_after(fake, malformed):
    kept = []
    good = [fake.update(message=number) for number in range(3)]
    fake.deliver(malformed, good[0], malformed, malformed, good[1], good[2])

    async def receive(update):
        if update in good:
            kept.append(update)

    fetch(fake, lambda: not fake.pending, receive)
    assert kept == good


def test_what_cannot_be_confirmed_is_not_asked_for_without_a_pause(fake, monkeypatch):
    monkeypatch.setattr(polling, "LAST_PAUSE", 5.0)
    fake.deliver({"update_id": 2**70})
    seen = []

    async def receive(update):
        seen.append(update)

    async def work():
        api = BotApi(fake.url, TOKEN)
        fetching = asyncio.ensure_future(poll(api, receive, seconds=0))
        await asyncio.sleep(0.5)
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)
        await api.close()

    asyncio.run(work())
    assert len(seen) == 1
