# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a schema still has the structure it should: read from the catalogue of that one schema, in milliseconds."""

from __future__ import annotations

import hashlib
import re

from django.db import connection
from django.utils.translation import gettext as _

from tenants.models import SchemaArtefact, Tenant
from verbund.kernel import context

# By the namespace's dependants: pg_class and pg_proc have no index for it, and grow with every member.
_LINES = """
WITH space AS (
  SELECT to_regnamespace(%(schema)s)::oid AS oid
), relation AS (
  SELECT c.* FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_namespace'::regclass
  AND d.refobjid = (SELECT oid FROM space) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
), routine AS (
  SELECT p.* FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
  WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_namespace'::regclass
  AND d.refobjid = (SELECT oid FROM space)
)
SELECT concat_ws(' ', 'schema', pg_get_userbyid(nspowner), nspacl::text)
  FROM pg_namespace WHERE oid = (SELECT oid FROM space)
UNION ALL
SELECT concat_ws(' ', 'default rights', defaclobjtype, pg_get_userbyid(defaclrole), defaclacl::text)
  FROM pg_default_acl WHERE defaclnamespace = (SELECT oid FROM space)
UNION ALL
SELECT concat_ws(' ', CASE relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'table' END, relname,
    pg_get_userbyid(relowner), relacl::text, CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END)
  FROM relation
UNION ALL
SELECT concat_ws(' ', 'column', relname || '.' || attname,
    row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
    format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END, nullif(attidentity::text, ''),
    attacl::text, pg_get_expr(adbin, adrelid))
  FROM relation JOIN pg_attribute a ON a.attrelid = relation.oid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attnum > 0 AND NOT attisdropped AND relkind <> 'S'
UNION ALL
SELECT concat_ws(' ', 'constraint', relname || '.' || conname, pg_get_constraintdef(k.oid))
  FROM relation JOIN pg_constraint k ON k.conrelid = relation.oid WHERE contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'invalid' END)
  FROM relation JOIN pg_index ON indrelid = relation.oid
UNION ALL
SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled)
  FROM relation JOIN pg_trigger t ON tgrelid = relation.oid WHERE NOT tgisinternal
UNION ALL
SELECT concat_ws(' ', 'function', proname, pg_get_function_arguments(oid), pg_get_userbyid(proowner),
    proacl::text, CASE WHEN prosecdef THEN 'security definer' END, proconfig::text, md5(prosrc))
  FROM routine
"""
# An expression is printed with more casts and parentheses once it has been through a dump.
_PRINTED = re.compile(
    r"::(?:character varying|timestamp with time zone|double precision|\"char\"|[a-z_0-9]+)(?:\[\])?|[()]|\s+(?=\s)"
)


def structure(schema: str) -> list[str]:
    """Every part of a schema as a line of its own, sorted, without the schema's name. Something must be entered."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"schema": schema})
        rows = [row[0] for row in cursor.fetchall()]
    return sorted(_PRINTED.sub("", row.replace(f"{schema}.", "").replace(schema, "@")) for row in rows)


def digest(schema: str) -> str:
    """The structure as one hash: equal schemas of different names have the same."""
    return hashlib.sha256("\n".join(structure(schema)).encode()).hexdigest()


def differences(key: str) -> list[str]:
    """What a member's schema has too little or too much of, against the structure noted for it; empty when nothing."""
    with context.enter_association():
        noted = Tenant.objects.values_list("schema_fingerprint", flat=True).get(schema_name=key)
        wanted = SchemaArtefact.objects.filter(fingerprint=noted).exclude(structure="").first()
        if wanted is None:
            return [_("Zu diesem Stand ist keine Vorlage bekannt. Abhilfe: verbund migrate")]
        return compare(wanted.structure.splitlines(), structure(key))


def compare(wanted: list[str], found: list[str]) -> list[str]:
    """The difference of two structures in words."""
    missing, extra = sorted(set(wanted) - set(found)), sorted(set(found) - set(wanted))
    return [
        *(_("fehlt: %(part)s") % {"part": line} for line in missing),
        *(_("zu viel: %(part)s") % {"part": line} for line in extra),
    ]
