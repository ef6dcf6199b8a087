# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain of the audit record, computed a second time outside the database.

Every row of a schema has one position, counted from 1 without gaps in the order of the commits. The text that is
hashed (SHA-256, UTF-8) is the sequence of these fields, each written as `<bytes>:<text>,` (a netstring, so no two
rows share a text):

1. hash of the row before; for the first row of a day instead the hash of
   `verbund.audit.1|<name>|<day>|<hash of the last row before that day, or nothing>`, where the name is that of the
   schema, or of the schema the chain began in (`audit_origin`) when it came out of an archive
2. position, 3. day (Europe/Berlin, of the recording, YYYY-MM-DD), 4. moment of the recording
5. id, 6. at, 7. actor_kind, 8. actor_id, 9. actor_role, 10. acting_for, 11. action, 12. subject,
13. changes (as PostgreSQL prints jsonb), 14. reason, 15. request_id

Moments are UTC with microseconds: `2026-11-22T08:15:00.000000Z`. The same text is built by the trigger of
migrations 0002 to 0004. Removing the last rows of the last day cannot be seen from inside: that is what anchors are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.db.models import TextField
from django.db.models.functions import Cast

from verbund.audit.models import AuditEntry, AuditOrigin, AuditSeal
from verbund.kernel import context
from verbund.kernel.clock import day_of

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit: ``position`` in the chain, ``entry`` its id (None: the row is gone)."""

    position: int
    day: date
    entry: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A row with its link as the database holds them."""

    position: int
    day: date
    sealed_at: datetime
    previous_hash: str
    hash: str
    id: int
    at: datetime
    actor_kind: str
    actor_id: str
    actor_role: str
    acting_for: str
    action: str
    subject: str
    changes: str
    reason: str
    request_id: str


def genesis(name: str, day: date, last_hash: str) -> str:
    """What the first row of a day is chained to."""
    return sha256(f"verbund.audit.1|{name}|{day.isoformat()}|{last_hash}".encode()).hexdigest()


def hash_of(link: Link, previous_hash: str) -> str:
    """The hash that the row must carry after ``previous_hash``."""
    fields = (
        previous_hash,
        str(link.position),
        link.day.isoformat(),
        _moment(link.sealed_at),
        str(link.id),
        _moment(link.at),
        link.actor_kind,
        link.actor_id,
        link.actor_role,
        link.acting_for,
        link.action,
        link.subject,
        link.changes,
        link.reason,
        link.request_id,
    )
    return sha256(b"".join(_netstring(field) for field in fields)).hexdigest()


def verify(since: date | None = None, until: date | None = None) -> Broken | None:
    """The first row of the entered schema whose link does not hold, or None; both days are included.

    Days are those of the recording. The row before ``since`` is taken as true.
    """
    name = AuditOrigin.objects.values_list("name", flat=True).first() or context.current().key
    before = AuditSeal.objects.filter(day__lt=since).order_by("-position").first() if since else None
    position = before.position if before else 0
    last_hash, last_day = (before.hash, before.day) if before else ("", None)
    for link in _links(since, until):
        if link.position != position + 1:
            return Broken(position + 1, link.day, None, "Ein Eintrag fehlt.")
        expected = last_hash if link.day == last_day else genesis(name, link.day, last_hash)
        if link.previous_hash != expected:
            return Broken(link.position, link.day, link.id, "Der Eintrag schließt nicht an den vorigen an.")
        if link.hash != hash_of(link, expected):
            return Broken(link.position, link.day, link.id, "Der Eintrag wurde verändert.")
        position, last_hash, last_day = link.position, link.hash, link.day
    return _loose(position, last_day)


def _links(since: date | None, until: date | None) -> Iterator[Link]:
    seals = AuditSeal.objects.order_by("position").annotate(
        changes_text=Cast("entry__changes", output_field=TextField())
    )
    if since:
        seals = seals.filter(day__gte=since)
    if until:
        seals = seals.filter(day__lte=until)
    rows = seals.values_list(
        "position", "day", "sealed_at", "previous_hash", "hash", "entry__id", "entry__at", "entry__actor_kind",
        "entry__actor_id", "entry__actor_role", "entry__acting_for", "entry__action", "entry__subject",
        "changes_text", "entry__reason", "entry__request_id",
    )  # fmt: skip
    last = 0
    while batch := list(rows.filter(position__gt=last)[:_BATCH]):
        for row in batch:
            yield Link(*row)
        last = batch[-1][0]


def _loose(position: int, day: date | None) -> Broken | None:
    """A row without a link was written past the trigger."""
    entry = AuditEntry.objects.filter(seal=None).order_by("id").first()
    if entry is None:
        return None
    return Broken(position + 1, day or day_of(entry.at), entry.pk, "Der Eintrag gehört zu keiner Kette.")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _netstring(text: str) -> bytes:
    encoded = text.encode()
    return b"%d:%s," % (len(encoded), encoded)
