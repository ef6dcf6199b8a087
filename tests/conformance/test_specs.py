# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every package and module says what it brings, and what it says is there."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings

from verbund.kernel import registry
from verbund.kernel.specs import PackageSpec

SPECS = registry.all_specs()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_named_objects_exist(spec: PackageSpec):
    dotted = [
        *(handler.handler for handler in spec.receivers),
        *(source.rows for source in spec.inbox),
        *spec.ports.values(),
        *spec.commands,
        *spec.activation_checks,
        *spec.readiness,
        *(name for step in spec.provision for name in (step.check, step.do, step.undo)),
        *(item.badge for item in spec.navigation if item.badge),
        *filter(None, [spec.sample, spec.context]),
    ]
    for name in dotted:
        assert registry.load(name) is not None


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_granted_permissions_are_declared(spec: PackageSpec):
    declared = {permission for other in SPECS for permission in other.permissions}
    granted = {permission for permissions in spec.grants.values() for permission in permissions}
    assert granted <= declared
    for permission in spec.permissions:
        assert permission.count(":") == 2


def test_every_model_has_a_privacy_entry():
    known = {entry.model.lower() for spec in SPECS for entry in spec.privacy}
    ours = {name for name in (*settings.SHARED_APPS, *settings.TENANT_APPS) if not name.startswith("django")}
    missing = [
        model._meta.label
        for config in apps.get_app_configs()
        if config.name in ours or f"{config.__module__}.{type(config).__name__}" in ours
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in known
    ]
    assert missing == []


def test_provision_steps_have_distinct_names():
    names = [step.name for spec in SPECS for step in spec.provision]
    assert sorted(names) == sorted(set(names))


def test_scheduled_tasks_exist():
    from verbund.config.celery import app

    app.loader.import_default_modules()
    scheduled = {item.task for spec in SPECS for item in spec.schedule}
    assert scheduled <= set(app.tasks)
