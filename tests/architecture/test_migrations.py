# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Migrations say what the models say, stand in one line for each app, and only add."""

from __future__ import annotations

import re
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith(("verbund.", "tenants", "billing")) and any(config.get_models())
)

NARROWING_SQL = re.compile(
    r"\b(drop\s+(column|table)|rename\s+(to|column|constraint)|alter\s+column\s+\S+\s+(type|set\s+not))\b",
    re.IGNORECASE,
)


def test_models_have_their_migrations(in_association):
    said = StringIO()
    try:
        call_command("makemigrations", *OURS, check=True, dry_run=True, stdout=said, skip_checks=True)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.parametrize("label", OURS)
def test_migrations_stand_in_one_line(label):
    """Two that follow the same one would be applied in an order that depends on who merged first."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    names = sorted(name for app, name in on_disk if app == label)
    before = {
        name: [parent for app, parent in on_disk[label, name].dependencies if app == label] for name in names
    }

    assert names, "an app with models has migrations"
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert [len(parents) for parents in before.values()] == [0, *[1] * (len(names) - 1)]
    assert max(Counter(parent for parents in before.values() for parent in parents).values(), default=1) == 1


def contracting(label: str) -> list[str]:
    """The operations of an app that the program before would stumble over, where no reason is given for them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = []
    for key in sorted(key for key in loader.disk_migrations if key[0] == label):
        migration = loader.disk_migrations[key]
        before = loader.project_state(key, at_end=False)
        known = set(before.models)
        for operation in migration.operations:
            is_of_new_table = (label, getattr(operation, "model_name_lower", "")) not in known
            if isinstance(operation, migrations.AddField) and is_of_new_table:
                pass  # the program before knows nothing of the table
            elif narrows(operation, before, label):
                found.append(f"{key[0]}.{key[1]}: {operation.describe()}")
            operation.state_forwards(label, before)
        if str(getattr(migration, "contracts", "")).strip():
            found = [line for line in found if not line.startswith(f"{key[0]}.{key[1]}:")]
    return found


def narrows(operation: Operation, before: ProjectState, label: str) -> bool:
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return any(narrows(part, before, label) for part in operation.database_operations)
    if isinstance(operation, migrations.AlterField):
        return is_narrower(
            before.models[label, operation.model_name_lower].fields[operation.name], operation.field
        )
    if isinstance(operation, migrations.AddField):
        return needs_a_value(operation.field)
    if isinstance(operation, migrations.RunSQL):
        return bool(NARROWING_SQL.search(str(operation.sql)))
    return isinstance(
        operation,
        migrations.RemoveField
        | migrations.RenameField
        | migrations.DeleteModel
        | migrations.RenameModel
        | migrations.AlterModelTable,
    )


def needs_a_value(field: models.Field) -> bool:
    """Django drops its own default from the database again; then the program before can no longer insert a row."""
    has_column = not (field.many_to_many or field.generated)
    return has_column and not (field.null or field.has_db_default())


def is_narrower(old: models.Field, new: models.Field) -> bool:
    return (
        type(old) is not type(new)
        or (old.null and not new.null)
        or (new.unique and not old.unique)
        or (new.max_length is not None and (old.max_length is None or new.max_length < old.max_length))
        or old.db_column != new.db_column
    )


@pytest.mark.parametrize("label", OURS)
def test_migrations_only_add(label):
    """Members are moved while they work: the program before must still read and write what the next one has.

    What only takes away comes a release later, and says why in `contracts = "…"` on its migration.
    """
    assert contracting(label) == []


TEXT = models.CharField(max_length=20, null=True)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (migrations.AddField("thing", "other", models.TextField(null=True)), False),
        (migrations.AddField("thing", "other", models.TextField(default="")), True),
        (migrations.AddField("thing", "other", models.TextField(db_default="")), False),
        (migrations.AddField("thing", "other", models.ManyToManyField("places.thing")), False),
        (migrations.AlterField("thing", "text", models.CharField(max_length=30, null=True)), False),
        (migrations.AlterField("thing", "text", models.CharField(max_length=10, null=True)), True),
        (migrations.AlterField("thing", "text", models.CharField(max_length=20)), True),
        (migrations.AlterField("thing", "text", models.IntegerField(null=True)), True),
        (
            migrations.AlterField("thing", "text", models.CharField(max_length=20, null=True, unique=True)),
            True,
        ),
        (migrations.RemoveField("thing", "text"), True),
        (migrations.RenameField("thing", "text", "words"), True),
        (migrations.DeleteModel("thing"), True),
        (migrations.RunSQL("ALTER TABLE x DROP COLUMN y"), True),
        (migrations.RunSQL("ALTER TABLE x ADD COLUMN y int"), False),
        (migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "text")], []), True),
        (migrations.SeparateDatabaseAndState([], [migrations.RemoveField("thing", "text")]), False),
    ],
    ids=lambda value: value.describe() if isinstance(value, Operation) else str(value),
)
def test_what_takes_away_is_found(operation, expected):
    before = ProjectState()
    before.add_model(
        ModelState("places", "thing", [("id", models.BigAutoField(primary_key=True)), ("text", TEXT)])
    )

    assert narrows(operation, before, "places") is expected
