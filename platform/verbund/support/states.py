# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a grant and how long each part of it lasts."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    WAITING = "WAITING"
    OPEN = "OPEN"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


UNFINISHED = (State.WAITING, State.OPEN)
MINUTES = (30, 60, 120, 240, 480)
DEFAULT_MINUTES = 60
LONGEST_MINUTES = max(MINUTES)
# A link is followed at once or not at all.
LINK_LIVES = timedelta(seconds=60)
# A request nobody decided on is forgotten.
WAITS = timedelta(hours=24)
