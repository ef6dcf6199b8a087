# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A column for bounding boxes: PostgreSQL's own type `box`, which a GiST index finds by overlap."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import F, Func, Value
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler
from typing_extensions import override

from verbund.places.geometry import Bounds

_NUMBER = re.compile(r"[^(),]+")


class BoxField(models.Field):  # type: ignore[type-arg]  # not subscriptable when it runs
    """West, south, east, north in degrees.

    PostgreSQL compares boxes by their area, so look for them by ``overlaps`` and ``within`` only.
    """

    @override
    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "box"

    def from_db_value(self, value: str | None, *_others: object) -> Bounds | None:
        """PostgreSQL names the upper right corner first: `(east,north),(west,south)`."""
        if value is None:
            return None
        east, north, west, south = (float(number) for number in _NUMBER.findall(value))
        return west, south, east, north

    @override
    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        west, south, east, north = value
        return f"({west!r},{south!r}),({east!r},{north!r})"

    def get_placeholder(self, *_others: object) -> str:
        """Says what the text is; also keeps rows from being sent as arrays, which boxes separate differently."""
        return "%s::box"


@BoxField.register_lookup
class Overlaps(Lookup):
    """Both boxes share at least a point."""

    lookup_name = "overlaps"

    @override
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} && {right}::box", (*left_values, *right_values)


@BoxField.register_lookup
class Within(Lookup):
    """The column's box lies inside the other."""

    lookup_name = "within"

    @override
    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} <@ {right}::box", (*left_values, *right_values)


class AwayFromMiddle(Func):
    """How far a column's box is from the middle of ``bounds``, in degrees: only for sorting, which the GiST index does."""

    template = "(%(expressions)s::point)"
    arg_joiner = " <-> "
    output_field = models.FloatField()

    def __init__(self, column: str, bounds: Bounds) -> None:
        west, south, east, north = bounds
        super().__init__(F(column), Value(f"({(west + east) / 2!r},{(south + north) / 2!r})"))
