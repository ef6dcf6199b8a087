# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes tables without the second index that Django gives every indexed text column; tells what it has written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from typing_extensions import override

_recording: ContextVar[list[str] | None] = ContextVar("verbund_recorded_changes", default=None)


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the statements that migrations run in this block, in order and with their values written in."""
    statements: list[str] = []
    token = _recording.set(statements)
    try:
        yield statements
    finally:
        _recording.reset(token)


class SchemaEditor(DatabaseSchemaEditor):
    @override
    def execute(self, sql: Any, params: Any = ()) -> None:
        statements = _recording.get()
        if statements is not None:
            text = str(sql)
            statements.append(text if params is None else self.connection.ops.compose_sql(text, params))
        super().execute(sql, params)

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        """No index for LIKE beside the ordinary one: by code point (C.UTF-8) that one serves LIKE 'x%' too.

        At a thousand municipalities the second ones were every fourth index.
        """
