# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every package and module says what it brings, and what it says is there."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

from verbund.kernel import registry
from verbund.kernel.events import Event
from verbund.kernel.ports import Keeping
from verbund.kernel.specs import KEPT_BY_CHANGE, KEPT_WITH_OWNER, PackageSpec
from verbund.vault.fields import EncryptedTextField

SPECS = registry.all_specs()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_named_objects_exist(spec: PackageSpec):
    dotted = [
        *(handler.handler for handler in spec.receivers),
        *(name for kind in spec.cases for name in (kind.path, kind.state_label)),
        *(name for kind in spec.cases for name in (kind.status, kind.reply) if name),
        *spec.ports.values(),
        *spec.commands.values(),
        *spec.activation_checks,
        *spec.readiness,
        *spec.collectors,
        *(name for step in spec.lifecycle.steps() for name in (step.check, step.do, step.undo)),
        *(look.check for look in spec.lifecycle.doctor),
        *(name for part in spec.lifecycle.archive for name in (part.files, part.restore)),
        *(item.badge for item in spec.navigation if item.badge),
        *filter(None, [spec.sample, spec.context, spec.probes, spec.command_probes]),
        *(name for source in spec.persons for name in (source.found, source.erase) if name),
        *spec.notices,
        *(rule.keeping for rule in spec.retention),
        *spec.notices_association,
    ]
    for name in dotted:
        assert registry.load(name) is not None


@pytest.mark.parametrize(("name", "dotted"), registry.commands().items())
def test_commands_are_declared_by_their_name(name: str, dotted: str):
    subparsers = ArgumentParser().add_subparsers()

    registry.load(dotted)(subparsers)

    assert list(subparsers.choices) == [name]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_granted_permissions_are_declared(spec: PackageSpec):
    declared = {permission for other in SPECS for permission in other.permissions}
    granted = {permission for permissions in spec.grants.values() for permission in permissions}
    assert granted <= declared
    for permission in spec.permissions:
        assert permission.count(":") == 2


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_every_permission_says_in_words_what_it_allows(spec: PackageSpec):
    assert set(spec.permission_labels) == set(spec.permissions)
    assert all(str(label) and ":" not in str(label) for label in spec.permission_labels.values())


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


def test_every_privacy_entry_names_a_model_and_its_encrypted_fields():
    for entry in (entry for spec in SPECS for entry in spec.privacy):
        model = apps.get_model(entry.model)
        encrypted = {
            field.name for field in model._meta.get_fields() if isinstance(field, EncryptedTextField)
        }
        assert encrypted <= set(entry.encrypted_fields), entry.model
        assert set(entry.encrypted_fields) <= {field.name for field in model._meta.get_fields()}, entry.model


# Promised, and nothing keeps it yet. The list may only get shorter; docs/open-points.md names them.
NOT_KEPT_YET = {
    "audit.AuditEntry",
}


def test_every_promised_retention_names_what_keeps_it():
    """A task that is scheduled, somebody's hand, or what it belongs to: otherwise the promise is only words."""
    scheduled = {item.task for spec in SPECS for item in spec.schedule}
    kept = scheduled | {KEPT_BY_CHANGE, KEPT_WITH_OWNER}
    entries = [entry for spec in SPECS for entry in spec.privacy]

    assert {entry.model for entry in entries if entry.retention and entry.kept_by not in kept} == NOT_KEPT_YET
    assert [entry.model for entry in entries if entry.kept_by and not entry.retention] == []


def test_every_model_about_people_says_whose_data_and_which():
    """Art. 30 (1) c DSGVO: categories of persons and of data."""
    entries = [entry for spec in SPECS for entry in spec.privacy]

    assert [entry.model for entry in entries if entry.personal and not (entry.persons and entry.data)] == []
    assert [
        entry.model
        for entry in entries
        if not entry.personal and (entry.persons or entry.data or entry.recipients)
    ] == []


def test_every_model_about_people_is_found_by_a_person_or_says_why_not():
    personal = {entry.model for spec in SPECS for entry in spec.privacy if entry.personal}
    found = [model for spec in SPECS for source in spec.persons for model in source.models]
    apart = {model: str(said) for spec in SPECS for model, said in spec.persons_apart.items()}

    assert sorted([*found, *apart]) == sorted(personal), "each once: in `persons` or in `persons_apart`"
    assert all(apart.values())


def test_every_rule_says_what_it_deletes_and_within_which_bounds():
    """Its slug is that of the kind where the objects are cases: a hold on a case finds its rule by it."""
    rules = [rule for spec in SPECS for rule in spec.retention]
    named = [entry.rule for spec in SPECS for entry in spec.privacy if entry.rule]

    assert sorted({rule.slug for rule in rules}) == sorted(rule.slug for rule in rules)
    assert set(named) == {rule.slug for rule in rules}
    for rule in rules:
        assert isinstance(registry.load(rule.keeping), Keeping), rule.slug
        assert 0 < rule.shortest <= rule.months <= rule.longest, rule.slug


def test_receivers_wait_for_events_that_exist():
    for spec in SPECS:
        for app in spec.apps:
            if module_has_submodule(import_module(app.name), "events"):
                import_module(f"{app.name}.events")
    names = [event.__name__ for event in Event.__subclasses__()]

    assert sorted(names) == sorted(set(names)), "events are found by their name"
    assert {receiver.event for spec in SPECS for receiver in spec.receivers} <= set(names)


def test_grants_go_to_roles_that_exist():
    roles = [role.slug for spec in SPECS for role in spec.roles]

    assert sorted(roles) == sorted(set(roles))
    assert {role for spec in SPECS for role in spec.grants} <= set(roles)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.slug)
def test_navigation_leads_somewhere(spec: PackageSpec):
    declared = {permission for other in SPECS for permission in other.permissions}
    for item in spec.navigation:
        host = "association" if item.area == "console" else "municipality"
        assert item.area in {"public", "staff", "console"}
        assert reverse(item.url_name, urlconf=f"verbund.config.urls.{host}").startswith("/")
        assert item.permission is None or item.permission in declared


def test_each_port_is_offered_once():
    ports = [name for spec in SPECS for name in spec.ports]
    assert sorted(ports) == sorted(set(ports))


@pytest.mark.parametrize(
    "turn", ["provision", "suspend", "archive", "restore", "rekey", "offboard", "doctor"]
)
def test_the_steps_of_a_turn_have_distinct_names(turn: str):
    names = [step.name for spec in SPECS for step in getattr(spec.lifecycle, turn)]
    assert sorted(names) == sorted(set(names))


def test_scheduled_tasks_exist():
    from verbund.config.celery import app

    app.loader.import_default_modules()
    scheduled = {item.task for spec in SPECS for item in spec.schedule}
    assert scheduled <= set(app.tasks)
