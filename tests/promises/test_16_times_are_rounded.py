"""Promise 16: of a conversation that has been quiet for a day only the hours are kept, and nobody need do anything."""

import asyncio
import datetime

import pytest
from rasa.shared.core.domain import Domain

from naast.privacy.retention import BLUR_AFTER, sweep
from naast.store.tracker_store import ErasableTrackerStore
from tests.unit.store.test_tracker_store import save


@pytest.fixture
def store(tmp_path):
    return ErasableTrackerStore(domain=Domain.empty(), db=str(tmp_path / "naast.db"))


def test_times_of_a_quiet_conversation_are_rounded_to_the_hour_and_order_and_text_stay(store):
    save(store, "quiet", "gisteren")
    before = [(event.type_name, event.timestamp) for event in asyncio.run(store.retrieve("quiet")).events]
    now = datetime.datetime.now(datetime.timezone.utc)
    assert asyncio.run(store.blur_times(now - datetime.timedelta(hours=1))) == 0
    assert asyncio.run(store.blur_times(now + datetime.timedelta(hours=1))) == len(before)
    after = asyncio.run(store.retrieve("quiet")).events
    assert [event.type_name for event in after] == [name for name, _ in before]
    assert all(event.timestamp % 3600 == 0 for event in after)
    assert all(0 <= exact - event.timestamp < 3600 for (_, exact), event in zip(before, after))
    assert asyncio.run(store.blur_times(now + datetime.timedelta(hours=1))) == 0


@pytest.mark.parametrize(("late", "rounded"), [(-60, False), (60, True)])
def test_the_sweep_does_it_after_a_day(store, late, rounded):
    save(store, "quiet", "gisteren")
    last = asyncio.run(store.retrieve("quiet")).events[-1].timestamp
    now = datetime.datetime.fromtimestamp(last, datetime.timezone.utc) + BLUR_AFTER
    asyncio.run(sweep(store, 45, now + datetime.timedelta(seconds=late)))
    kept = [event.timestamp % 3600 for event in asyncio.run(store.retrieve("quiet")).events]
    assert (not any(kept)) is rounded
