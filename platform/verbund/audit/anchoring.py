# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Anchors of a chain: written regularly, compared by `verbund audit verify` and by the Doctor.

Whoever may delete rows of a municipality's record may cut off its end, and the chain itself shows nothing. What it
was yesterday stands in the association's schema, in the log (which leaves the machine) and in every exported file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from django.db import transaction

from verbund.audit import restarts
from verbund.audit.anchors.models import AuditAnchor
from verbund.audit.chain import Broken
from verbund.audit.models import AuditSeal
from verbund.kernel import context
from verbund.kernel.clock import BERLIN, day_of
from verbund.kernel.errors import Invalid

log = structlog.get_logger(__name__)
_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A chain stood there then."""

    scope: str
    position: int
    hash: str
    taken_at: datetime


def take(*, at: datetime) -> Anchor | None:
    """Anchor the end of the entered scope's chain; None when it has not grown since the last time.

    A chain that no longer fits its last anchor is told to the log and anchored all the same: the older anchors
    stay, and so does what they show.
    """
    scope = context.current().key
    with transaction.atomic():
        end = AuditSeal.objects.order_by("-position").first()
        last = _last_of(scope)
        if last is not None and (broken := compare([last])):
            log.error("audit.chain_cut", chain=scope, position=broken.position, reason=broken.reason)
    if end is None:
        return None
    with context.enter_association(), transaction.atomic():
        row, is_new = AuditAnchor.objects.get_or_create(
            scope=scope, position=end.position, hash=end.hash, defaults={"taken_at": at}
        )
    if not is_new:
        return None
    log.info("audit.anchored", chain=scope, position=row.position, hash=row.hash)
    return _anchor(row)


def kept(scope: str) -> Iterator[Anchor]:
    """The anchors of a chain in the association's schema, oldest first."""
    with context.enter_association():
        rows = list(AuditAnchor.objects.filter(scope=scope).order_by("position"))
    yield from map(_anchor, rows)


def is_overdue(moment: datetime) -> bool:
    """Whether something recorded before ``moment`` is still not anchored."""
    last = _last_of(context.current().key)
    waiting = AuditSeal.objects.filter(sealed_at__lt=moment, position__gt=last.position if last else 0)
    return waiting.exists()


def compare(anchors: Iterable[Anchor]) -> Broken | None:
    """The first anchor that the entered scope's chain does not fit, or None; others' anchors are passed over.

    Where the chain was put back to an earlier day, what was anchored behind that place before counts no more, and the
    place itself is an anchor.
    """
    scope = context.current().key
    known = restarts.of_scope(scope)
    places = [
        Anchor(scope=scope, position=restart.position, hash=restart.hash, taken_at=restart.at)
        for restart in known
        if restart.position
    ]
    ours = sorted(
        (
            anchor
            for anchor in (*anchors, *places)
            if anchor.scope == scope and not restarts.is_left_behind(anchor.position, anchor.taken_at, known)
        ),
        key=lambda anchor: anchor.position,
    )
    for start in range(0, len(ours), _BATCH):
        batch = ours[start : start + _BATCH]
        found = dict(
            AuditSeal.objects.filter(position__in=[anchor.position for anchor in batch]).values_list(
                "position", "hash"
            )
        )
        for anchor in batch:
            if reason := _misfit(anchor, found.get(anchor.position, "")):
                return Broken(anchor.position, day_of(anchor.taken_at), None, reason)
    return None


def written(anchor: Anchor) -> str:
    """One line of JSON, for a file that is kept elsewhere."""
    return json.dumps({**asdict(anchor), "taken_at": anchor.taken_at.isoformat()})


def read(lines: Iterable[str]) -> list[Anchor]:
    """Such a file.

    Raises:
        Invalid: a line is none of ours.
    """
    try:
        rows = [json.loads(line) for line in lines if line.strip()]
        return [
            Anchor(
                scope=str(row["scope"]),
                position=int(row["position"]),
                hash=str(row["hash"]),
                taken_at=datetime.fromisoformat(row["taken_at"]),
            )
            for row in rows
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            "Die Datei enthält keine Anker. Erwartet wird die Ausgabe von „verbund audit anchors“."
        ) from error


def _last_of(scope: str) -> Anchor | None:
    with context.enter_association():
        row = AuditAnchor.objects.filter(scope=scope).order_by("-pk").first()
    return _anchor(row) if row is not None else None


def _anchor(row: AuditAnchor) -> Anchor:
    return Anchor(scope=row.scope, position=row.position, hash=row.hash, taken_at=row.taken_at)


def _misfit(anchor: Anchor, found: str) -> str:
    moment = anchor.taken_at.astimezone(BERLIN)
    if not found:
        return f"Das Ende fehlt: Am {moment:%d.%m.%Y um %H:%M} Uhr reichte die Kette bis hierher."
    if found != anchor.hash:
        return f"Die Kette wurde neu geschrieben: Am {moment:%d.%m.%Y um %H:%M} Uhr stand hier eine andere Prüfsumme."
    return ""
