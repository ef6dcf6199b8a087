# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A list with typed columns, before it is written in any form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What the cells of a column hold; None is empty in each."""

    TEXT = "text"
    WHOLE = "whole"  # int
    DECIMAL = "decimal"  # Decimal
    EURO = "euro"  # int, in cents
    DAY = "day"  # date
    MOMENT = "moment"  # datetime, aware
    TRUTH = "truth"  # bool


NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL, Kind.EURO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``key`` is the name for programs (one of euros ends in `_cents`), ``title`` is what people read."""

    key: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """``rows`` are read once, cells in the order of the columns; ``notes`` say what the rows do not hold."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self.columns]
