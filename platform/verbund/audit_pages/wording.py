# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How recorded actions and actors are called; a package that is not named here is shown as it was recorded."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.audit.models import AuditEntry
from verbund.kernel import registry

_KINDS: dict[str, Promise] = {
    "citizen": gettext_lazy("Bürgerin oder Bürger"),
    "system": gettext_lazy("Plattform"),
    "token": gettext_lazy("Programm"),
    "person": gettext_lazy("Person"),
}


def actor_text(entry: AuditEntry, names: dict[int, str]) -> str:
    """Who it was: a name where the person has an account here, else kind and key."""
    if entry.actor_kind == "person" and entry.actor_id.isdecimal():
        name = names.get(int(entry.actor_id))
        return name or _("Person Nr. %(number)s") % {"number": entry.actor_id}
    if entry.actor_kind == "support":
        return _("Fernzugriff: %(name)s") % {"name": entry.acting_for}
    kind = str(_KINDS.get(entry.actor_kind, entry.actor_kind))
    return f"{kind} {entry.actor_id}".strip()


def action_choices(actions: list[str]) -> list[tuple[str, str]]:
    """Actions grouped under their packages: `defects.` finds everything about defects."""
    choices: list[tuple[str, str]] = []
    for package in sorted({action.partition(".")[0] for action in actions}):
        choices.append((f"{package}.", _("%(package)s: alles") % {"package": _package_label(package)}))
        choices.extend((action, f"– {action}") for action in actions if action.startswith(f"{package}."))
    return choices


def changes_text(changes: dict[str, object]) -> str:
    """`state: ACTIVE, reason` – names of changed fields, with values where they were recorded."""
    return ", ".join(name if value is None else f"{name}: {_value(value)}" for name, value in changes.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return " → ".join(map(str, value)) if len(value) == len("ab") else ", ".join(map(str, value))
    return str(value)


def _package_label(slug: str) -> str:
    return next((str(spec.label) for spec in registry.all_specs() if spec.slug == slug), slug)
