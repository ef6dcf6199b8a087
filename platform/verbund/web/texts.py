# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, numbers and amounts as people in Germany read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from verbund.kernel.clock import BERLIN

_NO_BREAK = "\u00a0"


def day_text(value: date) -> str:
    """`22.11.2026`; a moment is shown as its day in Berlin."""
    return _local(value).strftime("%d.%m.%Y")


def long_day_text(value: date) -> str:
    """`Sonntag, 22. November 2026`, in the language of the page."""
    return date_format(_local(value), "l, j. F Y")


def moment_text(value: datetime) -> str:
    """`22.11.2026, 09:05 Uhr` in Berlin."""
    return f"{day_text(value)}, {clock_text(value)}"


def clock_text(value: datetime) -> str:
    """`09:05 Uhr` in Berlin."""
    return _("%(time)s\u00a0Uhr") % {"time": _local(value).strftime("%H:%M")}


def number_text(value: float | Decimal, digits: int = 0) -> str:
    """`1.234,50`; rounded half away from zero."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    return f"{rounded:,.{digits}f}".translate(str.maketrans(",.", ".,")).replace("-", "\u2212")


def euro_text(cents: int) -> str:
    """`1.234,50 €` for 123450 cents."""
    return f"{number_text(Decimal(cents) / 100, 2)}{_NO_BREAK}€"


def _local(value: date) -> date:
    if isinstance(value, datetime) and is_aware(value):
        return value.astimezone(BERLIN)
    return value
