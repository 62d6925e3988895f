"""Conversations are erased when their last message is older than the retention, without anyone doing anything."""

from __future__ import annotations

import asyncio
import datetime
import logging

from naast.privacy.logs import where
from naast.store.tracker_store import ErasableTrackerStore

logger = logging.getLogger(__name__)
SWEEP_EVERY = datetime.timedelta(hours=1)
BLUR_AFTER = datetime.timedelta(days=1)
"""Nobody goes on by then in the same session of Rasa, which counts in minutes."""


async def sweep(store: ErasableTrackerStore, days: int, now: datetime.datetime) -> int:
    """Erase what has been silent for longer than `days`, and round the times of what has been silent for a day.

    Returns:
        How many conversations were erased.
    """
    oldest = now - datetime.timedelta(days=days)
    silent = await store.silent_since(oldest)
    for sender_id in silent:
        await store.erase(sender_id, scrubs=False)
        await asyncio.sleep(0)  # so that whoever writes meanwhile waits for one erasure and not for all
    await store.erase_leftovers(oldest, now)
    await store.blur_times(now - BLUR_AFTER)
    if store.is_to_be_scrubbed():
        await store.scrub()
    if silent:
        logger.info("naast.retention.erased conversations=%s", len(silent))
    return len(silent)


async def keep_sweeping(store: ErasableTrackerStore, days: int) -> None:
    """Sweep at the start and every hour; a sweep that fails is told and tried again."""
    while True:
        try:
            await sweep(store, days, datetime.datetime.now(datetime.timezone.utc))
        except Exception as error:
            logger.error("naast.retention.failed %s", where(error))
        await asyncio.sleep(SWEEP_EVERY.total_seconds())
