# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hours, days and months of usage: hours in UTC, days and months as people in Berlin live them.

Berlin's offset is whole hours, so an hour never spans two days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _
from typing_extensions import override

from verbund.kernel.clock import BERLIN
from verbund.metering.errors import BadPeriod

_PERIOD = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def hour_of(moment: datetime) -> datetime:
    """The full hour, in UTC, in which an aware moment lies."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


@lru_cache(maxsize=4096)  # a page about two years asks for each of their days
def bounds_of(day: date) -> tuple[datetime, datetime]:
    """First moment of the day and of the next one, in UTC: 23, 24 or 25 hours apart."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, written `2026-11`."""

    year: int
    month: int

    @override
    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def after(self) -> date:
        """The first day that does not belong to it any more."""
        return self.next.first

    @property
    def next(self) -> Period:
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Period:
        return Period(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def days(self) -> Iterator[date]:
        """Every day of the month, in order."""
        day = self.first
        while day < self.after:
            yield day
            day += timedelta(days=1)


def period_of(day: date) -> Period:
    """The month of a day."""
    return Period(day.year, day.month)


def parse_period(text: str) -> Period:
    """Read `2026-11`.

    Raises:
        BadPeriod: it is written otherwise or no such month exists.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        message = _("„%(text)s“ ist kein Monat in der Form JJJJ-MM, zum Beispiel 2026-11.") % {"text": text}
        raise BadPeriod(f"period: {message}", fields={"period": message})
    return Period(int(match[1]), int(match[2]))
