# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The seal of a month as a member compares it: its value only, what it was made of concerns all members."""

from __future__ import annotations

from verbund.kernel import context
from verbund.metering.models import UsageSeal
from verbund.metering.periods import Period


def month_seal(period: Period) -> str:
    """The value in hexadecimal; empty as long as the month is not sealed."""
    with context.enter_association():
        value = (
            UsageSeal.objects.filter(kind="month", first=period.first).values_list("value", flat=True).first()
        )
    return bytes(value).hex() if value is not None else ""
