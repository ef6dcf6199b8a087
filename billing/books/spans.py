# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which months a table of costs shows: the last twelve, a year, a quarter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from billing.costs.yearly import last_months
from verbund.metering.periods import Period, period_of

_SPAN = re.compile(r"(20\d\d)(?:-q([1-4]))?", re.ASCII)
_TWELVE = 12


def span_choices(years: Iterable[int]) -> list[tuple[str, str]]:
    """The last twelve months, then each year followed by its quarters."""
    found = [("", _("die letzten zwölf Monate"))]
    for year in years:
        found.append((str(year), str(year)))
        found += [
            (f"{year}-q{quarter}", _("%(quarter)s. Quartal %(year)s") % {"quarter": quarter, "year": year})
            for quarter in range(1, 5)
        ]
    return found


def months_of(span: str, *, today: date) -> list[Period]:
    """The months of `2026` or `2026-q3`; anything else is the twelve months up to the running one."""
    match = _SPAN.fullmatch(span)
    if match is None:
        return last_months(period_of(today), _TWELVE)
    year = int(match[1])
    months = range(1, 13) if match[2] is None else range(int(match[2]) * 3 - 2, int(match[2]) * 3 + 1)
    return [Period(year, month) for month in months]
