# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes tables without the second index that Django gives every indexed text column."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.schema import DatabaseSchemaEditor


class SchemaEditor(DatabaseSchemaEditor):
    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        """No index for LIKE beside the ordinary one: by code point (C.UTF-8) that one serves LIKE 'x%' too.

        At a thousand municipalities the second ones were every fourth index.
        """
