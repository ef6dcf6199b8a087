# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the actions of `verbund tenants` share: options, finding a member, and writing one out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from tenants.models import Tenant
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import NotFound

OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")


class Service(Protocol):
    """A change of a member's state."""

    def __call__(self, *, number: int, by: Actor, at: datetime, reason: str = "") -> bool: ...


def add_options(parser: argparse.ArgumentParser) -> None:
    """What every action on one member takes."""
    parser.add_argument("--slug", required=True, help="Kürzel der Kommune, zum Beispiel heideblick")
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")


def find(slug: str) -> Tenant:
    """The member of that slug.

    Raises:
        NotFound: there is none.
    """
    with context.enter_association():
        tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound(f"Die Kommune „{slug}“ gibt es nicht. Alle zeigt: verbund tenants list")
    return tenant


def described(number: int) -> dict[str, Any]:
    """A member with everything the registry knows, as programs read it."""
    with context.enter_association():
        tenant = Tenant.objects.prefetch_related("domains", "bodies", "activations", "changes").get(pk=number)
        hosts = sorted(tenant.domains.all(), key=lambda host: (not host.is_primary, host.domain))
        return {
            "slug": tenant.slug,
            "key": tenant.key,
            "name": tenant.name,
            "kind": tenant.kind,
            "ars": tenant.ars,
            "state": tenant.state,
            "message": tenant.state_message,
            "hosts": [host.domain for host in hosts if host.redirects_until is None],
            "redirecting_hosts": [
                {"host": host.domain, "until": host.redirects_until.isoformat()}
                for host in hosts
                if host.redirects_until is not None
            ],
            "bodies": [
                {
                    "ags": body.ags,
                    "ars": body.ars,
                    "name": body.name,
                    "from": body.valid_from.isoformat(),
                    "to": body.valid_to.isoformat() if body.valid_to else None,
                }
                for body in tenant.bodies.all()
            ],
            "modules": sorted(activation.module for activation in tenant.activations.all()),
            "changes": [
                {
                    "from": change.takes_effect_on.isoformat(),
                    "before": change.before,
                    "after": change.after,
                    "reason": change.reason,
                    "applied_at": change.applied_at.isoformat() if change.applied_at else None,
                    "withdrawn_at": change.withdrawn_at.isoformat() if change.withdrawn_at else None,
                    "refusal": change.refusal,
                }
                for change in tenant.changes.all()
            ],
            "requested_at": tenant.requested_at.isoformat(),
            "activated_at": tenant.activated_at.isoformat() if tenant.activated_at else None,
        }


def print_member(number: int, *, as_json: bool) -> None:
    """Write a member out, for programs or for people."""
    values = described(number)
    if as_json:
        print_json(values)
        return
    table = Table(
        show_header=False, box=None, title=f"{values['name']} ({values['slug']})", title_justify="left"
    )
    today = clock.today().isoformat()
    for label, value in (
        ("Kennung", values["key"]),
        ("Zustand", values["state"]),
        ("Hinweis", values["message"]),
        ("Hosts", ", ".join(values["hosts"])),
        (
            "Leiten um",
            ", ".join(f"{item['host']} bis {item['until'][:10]}" for item in values["redirecting_hosts"]),
        ),
        (
            "Körperschaften",
            ", ".join(
                f"{body['ags']} {body['name']}"
                for body in values["bodies"]
                if body["from"] <= today and (body["to"] is None or body["to"] > today)
            ),
        ),
        ("Module", ", ".join(values["modules"])),
        (
            "Vorgemerkt",
            "; ".join(
                f"ab {item['from']}: {', '.join(sorted(item['after']))}"
                for item in values["changes"]
                if item["applied_at"] is None and item["withdrawn_at"] is None
            ),
        ),
        ("Beantragt", values["requested_at"][:16]),
        ("Freigeschaltet", (values["activated_at"] or "")[:16]),
    ):
        if value:
            table.add_row(label, value)
    Console().print(table)


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
