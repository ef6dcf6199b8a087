# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of a deletion: looked for everywhere, written down as PDF and JSON, kept by the association."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tenants.archive import folders
from tenants.models import Departure
from tenants.schema_engine import roles
from verbund.audit import api as audit
from verbund.documents import pdf
from verbund.jobs import queue
from verbund.jobs.models import JobStep, State
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality, municipality_key
from verbund.vault import leaving as vault

_TEMPLATE = Path(__file__).with_name("deletion_record.typ")
_ISSUER = "Verbund"


def leftovers(municipality: Municipality) -> dict[str, int]:
    """How much of a municipality is found in each place; all zero when it is gone."""
    key = municipality.key
    files = Path(settings.MEDIA_ROOT) / key
    return {
        "Schemas, Tabellen und Datenbankrollen": len(roles.left_of(key)),
        "Dateien": sum(1 for path in files.rglob("*") if path.is_file()) if files.exists() else 0,
        "Sicherungen und Archive": sum(
            1 for folder in folders.all_of(key) if folder.exists() for path in folder.rglob("*") if path.is_file()
        ),
        **vault.leftovers(key),
        "Nachrichten in der Warteschlange": queue.waiting_of(key),
    }  # fmt: skip


def issue(departure: Departure, *, at: datetime) -> None:
    """Make the record and finish the departure; the association must be entered, in a transaction."""
    key = municipality_key(departure.tenant_id)
    values = _values(departure, key, at)
    made = pdf.render(
        _TEMPLATE, title="Löschprotokoll", issuer=_ISSUER, values=values, at=at.replace(microsecond=0)
    )
    digest = hashlib.sha256(made).hexdigest()
    Departure.objects.filter(pk=departure.pk).update(
        finished_at=at, done=values, record_pdf=made, record_sha256=digest
    )
    audit.record(
        action="tenants.departure.finished",
        subject=f"tenants.tenant:{departure.tenant_id}",
        by=SYSTEM,
        at=at,
        changes={"record_sha256": digest},
    )


def _values(departure: Departure, key: str, at: datetime) -> dict[str, Any]:
    archive = departure.archive
    steps = JobStep.objects.filter(job__subject=key, state=State.DONE).order_by("finished_at", "pk")
    return {
        "name": departure.name,
        "slug": departure.slug,
        "key": key,
        "hosts": departure.hosts,
        "reason": departure.reason,
        "requested_by": departure.requested_by,
        "requested_at": _moment(departure.requested_at),
        "finished_at": _moment(at),
        "archive": {
            "sha256": archive.sha256 if archive else "",
            "data_sha256": archive.data_sha256 if archive else "",
            "rows": (archive.rows if archive else 0) or 0,
            "files": (archive.files if archive else 0) or 0,
            "receiver": archive.receiver_id if archive else "",
        },
        "steps": [[step.label, _moment(step.finished_at)] for step in steps],
        "searched": [[place, "0"] for place in leftovers_places()],
    }


def leftovers_places() -> list[str]:
    """The places that are searched, as the record names them."""
    return [
        "Schemas, Tabellen und Datenbankrollen",
        "Dateien",
        "Sicherungen und Archive",
        *vault.PLACES,
        "Nachrichten in der Warteschlange",
    ]


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(clock.BERLIN):%d.%m.%Y %H:%M:%S}" if value else ""


def of_member(number: int) -> Departure | None:
    """The departure of a member, or None."""
    with context.enter_association():
        return Departure.objects.select_related("archive").filter(tenant_id=number).first()
