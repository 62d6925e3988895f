"""The pages, a file each. `DOORS` is all of them: what is not in it cannot be reached."""

from __future__ import annotations

from typing import Tuple

from naast.desk.auth.roles import Door
from naast.desk.pages import (
    audit,
    batches,
    conversation,
    correcting,
    extracts,
    figures,
    guests,
    guidance,
    handouts,
    inbox,
    lessons,
    login,
    messages,
    practice,
    trials,
)

DOORS: Tuple[Door, ...] = (
    *login.DOORS,
    *inbox.DOORS,
    *conversation.DOORS,
    *correcting.DOORS,
    *messages.DOORS,
    *guidance.DOORS,
    *batches.DOORS,
    *trials.DOORS,
    *figures.DOORS,
    *lessons.DOORS,
    *extracts.DOORS,
    *handouts.DOORS,
    *practice.DOORS,
    *guests.DOORS,
    *audit.DOORS,
)
