# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at the current schema only, in a time that does not grow with the number of schemas."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.introspection import DatabaseIntrospection, TableInfo
from typing_extensions import override

# Django's own query scans pg_class of all schemas (0.2 s at a thousand); the namespace's dependants are few.
_TABLES = """
    SELECT c.relname, CASE WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END, obj_description(c.oid, 'pg_class')
    FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND d.classid = 'pg_class'::regclass
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = current_schema()::regnamespace
      AND c.relkind IN ('f', 'm', 'p', 'r', 'v')
"""


class CurrentSchemaIntrospection(DatabaseIntrospection):
    @override
    def get_table_list(self, cursor: Any) -> list[TableInfo]:  # type: ignore[override]  # PostgreSQL's rows carry a comment too; the stubs leave that out
        cursor.execute(_TABLES)
        return [TableInfo(*row) for row in cursor.fetchall()]
