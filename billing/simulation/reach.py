# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""For which months a key can be tried: one that has costs, a year so far, or a whole year with the months to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.costs.models import ActualCost
from billing.forms import month_text
from verbund.metering.periods import Period, period_of

_SO_FAR = "bisher"
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """``name`` stands in the address; months ``ahead`` have no costs yet and are taken to be like the last one that has."""

    name: str
    label: str
    booked: tuple[Period, ...]
    ahead: tuple[Period, ...] = ()


def reaches(key: str) -> list[Reach]:
    """What can be chosen for a key: its months with costs, newest first, then its years; nothing without costs."""
    booked = [
        period_of(month)
        for month in ActualCost.objects.filter(centre__key=key, replaced_by=None)
        .order_by("-month")
        .values_list("month", flat=True)
        .distinct()
    ]
    years = sorted({period.year for period in booked}, reverse=True)
    return [
        *(Reach(name=str(period), label=month_text(period), booked=(period,)) for period in booked),
        *(found for year in years for found in _years(year, [one for one in booked if one.year == year])),
    ]


def _years(year: int, newest_first: Sequence[Period]) -> list[Reach]:
    booked = tuple(reversed(newest_first))
    last = booked[-1]
    ahead = tuple(Period(year, month) for month in range(last.month + 1, _MONTHS + 1))
    whole = Reach(
        name=str(year), label=_("ganzes Jahr %(year)s") % {"year": year}, booked=booked, ahead=ahead
    )
    if not ahead:
        return [whole]
    so_far = Reach(
        name=f"{year}-{_SO_FAR}",
        label=_("%(year)s bis einschließlich %(month)s") % {"year": year, "month": month_text(last)},
        booked=booked,
    )
    return [so_far, whole]
