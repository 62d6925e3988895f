"""Long polling: nothing is confirmed before it is kept, nothing is fetched twice, a webhook is taken away first."""

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
    fake.hook_to("http://127.0.0.1:9/", "x")
    fake.deliver(*(fake.update(message=number) for number in range(250)))

    async def receive(update):
        kept.append(update["message"])

    fetch(fake, lambda: not fake.pending, receive)
    assert kept == list(range(250)) and fake.complaints == [] and fake.hook is None


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
