# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Migrations say what the models say, and stand in one line for each app."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith(("verbund.", "tenants", "billing")) and any(config.get_models())
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
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    names = sorted(name for app, name in migrations if app == label)
    before = {
        name: [parent for app, parent in migrations[label, name].dependencies if app == label]
        for name in names
    }

    assert names, "an app with models has migrations"
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert [len(parents) for parents in before.values()] == [0, *[1] * (len(names) - 1)]
    assert max(Counter(parent for parents in before.values() for parent in parents).values(), default=1) == 1
