# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, numbers and amounts as the readers of the page write them; the formats stand in web/formats."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, get_format
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from verbund.kernel.clock import BERLIN

_HOUR, _DAY = 60, 24 * 60


def day_text(value: date) -> str:
    """`22.11.2026` (`22 Nov 2026`); a moment is shown as its day in Berlin."""
    return date_format(_local(value), "SHORT_DATE_FORMAT")


def long_day_text(value: date) -> str:
    """`Sonntag, 22. November 2026` (`Sunday, 22 November 2026`)."""
    return f"{date_format(_local(value), 'l')}, {date_format(_local(value))}"


def moment_text(value: datetime) -> str:
    """`22.11.2026, 09:05 Uhr` (`22 Nov 2026, 09:05`) in Berlin."""
    return date_format(_local(value), "SHORT_DATETIME_FORMAT")


def clock_text(value: datetime) -> str:
    """`09:05 Uhr` (`09:05`) in Berlin."""
    return date_format(_local(value), "TIME_FORMAT")


def number_text(value: float | Decimal, digits: int = 0) -> str:
    """`1.234,50` (`1,234.50`); rounded half away from zero."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    marks = str.maketrans({",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")})
    return f"{rounded:,.{digits}f}".translate(marks).replace("-", "\u2212")


def euro_text(cents: int) -> str:
    """`1.234,50 €` (`€1,234.50`) for 123450 cents."""
    return pgettext("Betrag", "%(amount)s\u00a0€") % {"amount": number_text(Decimal(cents) / 100, 2)}


def ago_text(value: datetime, now: datetime) -> str:
    """How long ago, in one unit: "vor 3 Minuten"; a clock that is a little ahead says "gerade eben"."""
    minutes = int((now - value).total_seconds()) // 60
    if minutes < 1:
        return _("gerade eben")
    if minutes < _HOUR:
        return ngettext("vor %(count)s Minute", "vor %(count)s Minuten", minutes) % {"count": minutes}
    if minutes < _DAY:
        hours = minutes // _HOUR
        return ngettext("vor %(count)s Stunde", "vor %(count)s Stunden", hours) % {"count": hours}
    days = minutes // _DAY
    return ngettext("vor %(count)s Tag", "vor %(count)s Tagen", days) % {"count": days}


def _local(value: date) -> date:
    if isinstance(value, datetime) and is_aware(value):
        return value.astimezone(BERLIN)
    return value
