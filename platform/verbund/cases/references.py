# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers of cases: `M-2026-0042` counts per municipality, year and kind.

They are made to be said on the telephone, so they can be guessed: a number alone opens nothing.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db import connection

from verbund.kernel.clock import BERLIN

_PATTERN = re.compile(r"([A-Za-z]{1,8})[\s/-]*(?:([0-9]{4})[\s/-]+)?([0-9]{1,9})")


def next_reference(*, prefix: str, at: datetime) -> str:
    """The next number of the year in Berlin; whoever asks at the same time waits for this transaction."""
    year = at.astimezone(BERLIN).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_casecounter (prefix, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (prefix, year) DO UPDATE SET last = cases_casecounter.last + 1 RETURNING last",
            [prefix, year],
        )
        return format_reference(prefix, year, cursor.fetchone()[0])


def parse_reference(text: str) -> str:
    """The written form of what somebody typed (`m 2026 42`, `bf 7`); empty when it is no number of a case."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        return ""
    prefix, year, number = match[1].upper(), match[2], int(match[3])
    return format_reference(prefix, int(year), number) if year else f"{prefix}-{number}"


def format_reference(prefix: str, year: int, number: int) -> str:
    """`M-2026-0042`; the number grows beyond four digits when it has to."""
    return f"{prefix}-{year:04d}-{number:04d}"
