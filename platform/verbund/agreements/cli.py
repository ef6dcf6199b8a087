# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund agreements publish|record|list`: the processing agreement on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tenants.models import Tenant
from verbund.agreements import queries, services, store
from verbund.agreements.models import Version
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound

_OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")
_DEADLINE_DAYS = 30


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("agreements", help="Vereinbarung zur Auftragsverarbeitung")
    actions = parser.add_subparsers(required=True, metavar="AKTION")
    publish = actions.add_parser("publish", help="eine neue Fassung veröffentlichen")
    publish.add_argument("--number", required=True, help="Nummer der Fassung, zum Beispiel 2026-1")
    publish.add_argument("--file", required=True, type=Path, help="der Text als PDF")
    publish.add_argument("--published-on", type=date.fromisoformat, metavar="JJJJ-MM-TT", help="sonst heute")
    publish.add_argument("--deadline-days", type=int, default=_DEADLINE_DAYS, help="Frist zum Zustimmen")
    publish.set_defaults(run=run_publish)
    record = actions.add_parser("record", help="eine unterschriebene Vereinbarung hinterlegen")
    record.add_argument("--tenant", required=True, metavar="KÜRZEL", help="Kommune")
    record.add_argument("--number", required=True, help="Nummer der Fassung")
    record.add_argument("--signed-on", required=True, type=date.fromisoformat, metavar="JJJJ-MM-TT")
    record.add_argument("--signed-by", required=True, help="wer unterschrieben hat")
    record.add_argument("--function", required=True, help="in welcher Funktion")
    record.add_argument("--file", required=True, type=Path, help="die unterschriebene Vereinbarung als PDF")
    record.set_defaults(run=run_record)
    listing = actions.add_parser("list", help="wer welcher Fassung zugestimmt hat")
    listing.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    listing.set_defaults(run=run_list)


def run_publish(arguments: argparse.Namespace) -> int:
    with context.enter_association():
        published = services.publish_version(
            number=arguments.number,
            content=_read(arguments.file),
            published_on=arguments.published_on or clock.today(),
            deadline_days=arguments.deadline_days,
            by=_OPERATOR,
            at=clock.now(),
        )
    sys.stdout.write(
        f"Fassung {published.number} ist veröffentlicht; Frist bis {published.due_on:%d.%m.%Y}.\n"
    )
    return 0


def run_record(arguments: argparse.Namespace) -> int:
    with context.enter_association():
        tenant = Tenant.objects.filter(slug=arguments.tenant).first()
        if tenant is None:
            raise NotFound(f"Die Kommune {arguments.tenant} gibt es nicht.")
        version = Version.objects.filter(number=arguments.number).first()
        if version is None:
            raise NotFound(f"Die Fassung {arguments.number} gibt es nicht.")
        services.record_agreement(
            tenant=tenant.number,
            version_id=version.pk,
            signed_on=arguments.signed_on,
            signed_by=arguments.signed_by,
            signed_function=arguments.function,
            content=_read(arguments.file),
            by=_OPERATOR,
            at=clock.now(),
        )
    sys.stdout.write(f"Die Vereinbarung mit {tenant.name} ist hinterlegt.\n")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    with context.enter_association():
        tenants = list(Tenant.objects.all())
        positions = queries.positions([tenant.number for tenant in tenants], today=clock.today())
        rows = [_row(tenant, positions[tenant.number]) for tenant in tenants]
    if arguments.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    table = Table("Kürzel", "Fassung", "unterschrieben", "Stand", "Frist")
    for row in rows:
        table.add_row(
            *(str(row[name] or "–") for name in ("slug", "version", "signed_on", "standing", "due_on"))
        )
    Console().print(table)
    return 0


def _row(tenant: Tenant, position: queries.Position) -> dict[str, Any]:
    signed, newest = position.signed, position.newest
    return {
        "slug": tenant.slug,
        "version": signed.version.number if signed else None,
        "signed_on": signed.signed_on.isoformat() if signed else None,
        "way": signed.way if signed else None,
        "standing": position.standing.value,
        "due_on": newest.due_on.isoformat() if newest and position.is_open else None,
    }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(store.LARGEST_BYTES + 1)
    except OSError as error:
        raise Invalid(f"Die Datei {path} ist nicht lesbar: {error.strerror}.") from error
