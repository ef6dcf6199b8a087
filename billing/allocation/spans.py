# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stretches of days, first and last day included, and what they cover of a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from billing.allocation.refusal import Refused
from verbund.kernel.msgids import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last; without a last day it goes on."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise Refused(
                "last",
                gettext_noop(
                    "Der letzte Tag (%(last)s) liegt vor dem ersten (%(first)s). Tauschen Sie die beiden."
                ),
                {"first": german(self.first), "last": german(self.last)},
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days a run is for."""

    first: date
    last: date

    def __post_init__(self) -> None:
        Span(first=self.first, last=self.last)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, spans: Iterable[Span]) -> frozenset[date]:
        """The days of the period on which one of the spans holds; overlapping ones count once."""
        found: set[date] = set()
        for span in spans:
            if span.first <= self.first and (span.last is None or span.last >= self.last):
                return _every_day(self.first, self.last)
            first = max(span.first, self.first)
            last = self.last if span.last is None else min(span.last, self.last)
            found.update(first + timedelta(days=count) for count in range((last - first).days + 1))
        return frozenset(found)


@lru_cache(maxsize=64)  # nearly every member is one for the whole period
def _every_day(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=count) for count in range((last - first).days + 1))


@lru_cache(maxsize=512)  # the same few stretches for every member, price and month of a year
def months(days: frozenset[date]) -> Fraction:
    """How many months the days are: each is its part of its own month, so that a full one is exactly one."""
    counted: dict[date, int] = {}
    for day in days:
        month = day.replace(day=1)
        counted[month] = counted.get(month, 0) + 1
    return sum((Fraction(count, _length(month)) for month, count in counted.items()), Fraction(0))


def _length(month: date) -> int:
    return ((month + timedelta(days=31)).replace(day=1) - month).days


def german(day: date) -> str:
    """As in a sentence: 01.10.2026."""
    return f"{day:%d.%m.%Y}"
