# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Population series as the statistics office hands them out."""

from __future__ import annotations

from datetime import date

AS_OF = date(2024, 12, 31)
LINES = (
    "120610219219;Heideblick;3.575",
    "120610320320;Luckau;9 501",
    "120610316316;Lübben (Spreewald);13966",
)


def population_file(*lines: str, header: str = "ARS;Gemeinde;Einwohner", encoding: str = "utf-8") -> bytes:
    """With the sum of the district, as in the official tables."""
    return "\r\n".join((header, "12061;Dahme-Spreewald;27042", *(lines or LINES), "")).encode(encoding)
