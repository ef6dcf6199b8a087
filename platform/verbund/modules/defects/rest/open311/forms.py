# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ending of an address that chooses the form of the answer."""

from __future__ import annotations


class FormConverter:
    """The two forms Open311 knows."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
