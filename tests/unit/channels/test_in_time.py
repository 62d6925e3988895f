"""The time in which a request is answered runs from its arrival, also while others have their turn."""

import asyncio

import pytest

from naast.channels.in_time import Deadline


async def late(begun, may_end):
    begun.append("late")
    await may_end.wait()


def test_what_did_not_begin_in_time_never_begins_and_what_did_is_seen_to_its_end():
    async def three_at_once():
        turn, may_end, begun = asyncio.Lock(), asyncio.Event(), []

        async def never():
            begun.append("never")

        first = asyncio.ensure_future(Deadline(0.05).do_in_turn(turn, lambda: late(begun, may_end)))
        second = asyncio.ensure_future(Deadline(0.05).do_in_turn(turn, never))
        for waited in (first, second):
            with pytest.raises(asyncio.TimeoutError):
                await waited
        assert turn.locked(), "the first goes on, in its turn"
        may_end.set()

        async def answer():
            return "answered"

        return await Deadline(5).do_in_turn(turn, answer), begun

    assert asyncio.run(three_at_once()) == ("answered", ["late"])


def test_what_fails_fails_and_lets_the_next_have_its_turn():
    async def fails():
        raise OSError

    async def works():
        return "answered"

    async def both():
        turn = asyncio.Lock()
        with pytest.raises(OSError):
            await Deadline(5).do_in_turn(turn, fails)
        return await Deadline(5).do_in_turn(turn, works)

    assert asyncio.run(both()) == "answered"


def test_what_fails_when_nobody_waits_any_more_is_told_in_the_log(caplog):
    async def fails_late():
        await asyncio.sleep(0.05)
        raise OSError("mijn zoon")

    async def nobody_waits():
        turn = asyncio.Lock()
        with pytest.raises(asyncio.TimeoutError):
            await Deadline(0.01).do_in_turn(turn, fails_late)
        async with turn:
            await asyncio.sleep(0)

    asyncio.run(nobody_waits())
    assert "naast.request.failed [OSError" in caplog.text and "mijn zoon" not in caplog.text
