# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reference numbers as people write and read them: M-2026-0042."""

from __future__ import annotations

import re

from verbund.cases.references import format_reference

PREFIX = "M"
_PATTERN = re.compile(r"M[\s/-]*([0-9]{4})[\s/-]*([0-9]{1,9})", re.IGNORECASE)


def parse_reference(text: str) -> str | None:
    """The written form of what somebody typed (`m 2026 42`), or None when it is no reference."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        return None
    number = int(match[2])
    return format_reference(PREFIX, int(match[1]), number) if number else None


class ReferenceConverter:
    """A reference in an address; only the written form is one, so that every report has one address."""

    regex = r"M-[0-9]{4}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        if parse_reference(value) != value:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value
