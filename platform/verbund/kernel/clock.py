# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The time, in one place, so that tests can hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Europe/Berlin on which an aware moment lies."""
    return moment.astimezone(BERLIN).date()


def today() -> date:
    """The calendar day in Europe/Berlin."""
    return day_of(now())
