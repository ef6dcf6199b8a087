# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemas stay apart and movable: keys, references, sequences, rights and the size of each, read from PostgreSQL itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tenants.schema_engine import template
from verbund.kernel.context import ASSOCIATION

ROOT = Path(__file__).resolve().parents[2]
# A schema of Citus is one node's; a foreign name in it would have to be there too. `ext` is everywhere.
SCHEMAS = [template.NAME, ASSOCIATION.key]
OTHER_SCHEMA = re.compile(r"\b(association|public|m_\d{6}|zz_\w+)\.", re.IGNORECASE)
QUALIFIED = re.compile(
    r"\b(from|join|into|update|table|on|references|using)\s+\"?(association|public|m_\d{6})\"?\.",
    re.IGNORECASE,
)
# What one more municipality costs every process and the catalogue (1.5 MB of memory for 39 tables and 261 indexes).
# A new module may raise it, knowingly.
MOST_TABLES, MOST_INDEXES = 74, 217
THIRD_PARTY = "its own migrations; no table of ours refers to it by more than a number"
ONE_ROW = "one row or one for each year: the key is no counter"
NATURAL = "the natural key carries the guarantee (docs/adr: usage is counted once)"
OTHER_KEYS = {
    "account_emailaddress": THIRD_PARTY,
    "account_emailconfirmation": THIRD_PARTY,
    "axes_accessattempt": THIRD_PARTY,
    "axes_accessattemptexpiration": THIRD_PARTY,
    "axes_accessfailurelog": THIRD_PARTY,
    "axes_accesslog": THIRD_PARTY,
    "django_content_type": THIRD_PARTY,
    "accounts_signinpolicy": ONE_ROW,
    "defects_defectssettings": ONE_ROW,
    "public_contactdetails": ONE_ROW,
    "support_supportsettings": ONE_ROW,
    "metering_activeperson": NATURAL,
    "metering_usagearrival": NATURAL,
    "metering_usagebatch": NATURAL,
    "metering_usagecounter": NATURAL,
    "metering_usageday": NATURAL,
    "metering_usagestale": NATURAL,
    "metering_usagelate": NATURAL,
    "metering_usageseal": NATURAL,
}

pytestmark = pytest.mark.usefixtures("in_heideblick")


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def names(statement: str, **values: Any) -> list[str]:
    return sorted(str(row[0]) for row in rows(statement, **values))


def test_template_is_there():
    assert (
        len(
            names(
                "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s)",
                schema=SCHEMAS[0],
            )
        )
        > 100
    )


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_table_has_a_primary_key(schema):
    without = """
        SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(%(schema)s)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'p' AND conrelid = c.oid)
    """
    assert names(without, schema=schema) == []


def other_keys(schema: str) -> set[str]:
    statement = """
        SELECT DISTINCT c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
        WHERE k.contype = 'p' AND k.connamespace = to_regnamespace(%(schema)s)
        AND a.atttypid NOT IN ('bigint'::regtype, 'uuid'::regtype)
    """
    return set(names(statement, schema=schema))


def test_keys_are_bigint_or_uuid():
    found = set().union(*map(other_keys, SCHEMAS))
    assert sorted(found - OTHER_KEYS.keys()) == []
    assert sorted(OTHER_KEYS.keys() - found) == [], "these exceptions are no longer needed"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_sequences_are_bigint(schema):
    statement = """
        SELECT owner.relname FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_class owner ON owner.oid = d.refobjid
        WHERE c.relnamespace = to_regnamespace(%(schema)s) AND s.seqtypid <> 'bigint'::regtype
    """
    small = names(statement, schema=schema)
    assert [table for table in small if OTHER_KEYS.get(table) != THIRD_PARTY] == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_no_foreign_key_leaves_the_schema(schema):
    leaving = """
        SELECT conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid
        WHERE contype = 'f' AND connamespace = to_regnamespace(%(schema)s) AND c.relnamespace <> connamespace
    """
    assert names(leaving, schema=schema) == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_foreign_key_has_an_index(schema):
    """Without one every deletion of what is referred to reads the whole table."""
    without = """
        SELECT conname FROM pg_constraint k WHERE contype = 'f' AND connamespace = to_regnamespace(%(schema)s)
        AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1])
    """
    assert names(without, schema=schema) == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_no_function_view_or_trigger_names_another_schema(schema):
    texts = rows(
        """
        SELECT proname, prosrc || coalesce(proconfig::text, '') FROM pg_proc
        WHERE pronamespace = to_regnamespace(%(schema)s)
        UNION ALL
        SELECT relname, pg_get_viewdef(oid) FROM pg_class
        WHERE relkind IN ('v', 'm') AND relnamespace = to_regnamespace(%(schema)s)
        """,
        schema=schema,
    )
    foreign = names(
        """
        SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE c.relnamespace = to_regnamespace(%(schema)s) AND NOT t.tgisinternal
        AND p.pronamespace NOT IN (c.relnamespace, 'pg_catalog'::regnamespace)
        """,
        schema=schema,
    )
    assert [name for name, text in texts if OTHER_SCHEMA.search(text.replace(f"{schema}.", ""))] == []
    assert foreign == []


def test_a_municipality_stays_within_its_budget():
    counts = dict(
        rows(
            "SELECT relkind, count(*) FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s) GROUP BY 1",
            schema=template.NAME,
        )
    )
    assert counts["r"] <= MOST_TABLES
    assert counts["i"] <= MOST_INDEXES


@pytest.mark.parametrize("role", ["m_000001", "association", "verbund_app"])
def test_role_has_no_right_outside_its_schema(role):
    statement = """
        SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN (%(role)s, 'pg_catalog', 'information_schema', 'pg_toast', 'ext')
        AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(%(role)s, c.oid, 'USAGE, SELECT, UPDATE')
            WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f') THEN
                has_table_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                OR has_any_column_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
            ELSE false END
    """
    schemas = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege(%(role)s, oid, 'CREATE')"
    assert names(statement, role=role) == []
    assert names(schemas, role=role) == []


def test_public_is_empty():
    assert names("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []


def test_no_statement_names_a_schema():
    """A name with its schema works in one municipality only, or reaches into another."""
    found = []
    for folder in ("platform/verbund", "tenants", "billing"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found += [
                f"{file.relative_to(ROOT)}:{node.lineno}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and QUALIFIED.search(node.value)
            ]
    assert found == []


@pytest.mark.parametrize(
    "statement", ["SELECT 1 FROM association.tenants_tenant", 'UPDATE "m_000042"."x" SET y = 1']
)
def test_pattern_finds_what_it_is_for(statement):
    assert QUALIFIED.search(statement)
