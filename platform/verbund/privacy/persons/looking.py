# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is kept of one person in the entered scope, and its erasure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.audit import api as audit
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, registry
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.msgids import gettext_noop
from verbund.kernel.ports import HeldRecord
from verbund.kernel.specs import PersonSource
from verbund.kernel.texts import LazyText
from verbund.privacy.standing import stands_here

_TRAIL_STAYS = _(
    "Das Protokoll belegt, wer was wann getan hat (Art. 5 Abs. 2, Art. 17 Abs. 3 Buchst. b und e DSGVO). Die Einträge nennen weder Namen noch Adresse und bleiben zehn Jahre."
)


class FoundMoved(Conflict):
    """Since somebody looked, something came in or was closed: they shall look again."""

    code = "privacy_found_moved"
    message = gettext_noop(
        "Inzwischen hat sich geändert, was zu dieser Adresse gespeichert ist. Bitte sehen Sie noch einmal nach."
    )


class NotErased(Conflict):
    """A source left something behind that it gives no reason for; nothing was erased. A mistake of ours."""

    code = "privacy_not_erased"
    status = 500
    message = gettext_noop(
        "Ein Bereich konnte nicht alles löschen. Es wurde nichts geändert; bitte sagen Sie dem Verband Bescheid."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was found, with the area it was found in."""

    source: LazyText
    record: HeldRecord

    @property
    def stays(self) -> bool:
        return bool(self.record.kept_because)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Data about people that no address leads to, and what is said instead."""

    area: LazyText
    purpose: LazyText
    said: LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that was found under an address, what could not be looked through, and until when backups hold it."""

    lines: tuple[Line, ...]
    apart: tuple[Apart, ...]
    backups_until: date

    @property
    def going(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.stays)

    @property
    def staying(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.stays)

    @property
    def fingerprint(self) -> str:
        """Equal as long as an erasure would do the same."""
        seen = sorted(f"{line.record.subject}|{line.stays}" for line in self.lines if line.record.subject)
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:16]


def look(email: str, *, at: datetime) -> Held:
    """What is kept of the person with that address here. Records nothing: the caller's row says who looked."""
    lines = [
        Line(source=source.label, record=record) for source in _sources() for record in _found(source, email)
    ]
    return Held(
        lines=(*lines, *_trail([line.record for line in lines])),
        apart=tuple(_apart()),
        backups_until=clock.day_of(at + timedelta(days=settings.VERBUND.backup_keep_days)),
    )


@transaction.atomic
def erase_person(*, email: str, by: Actor, at: datetime, seen: str = "") -> Held:
    """Erase what may go and say what went and what stays; all of it or nothing.

    Raises:
        FoundMoved: ``seen``, the fingerprint of what somebody looked at, no longer holds.
        NotErased: a source did not do what it said.
    """
    held = look(email, at=at)
    if seen and seen != held.fingerprint:
        raise FoundMoved
    for source in _sources():
        if source.erase:
            registry.load(source.erase)(email, by=by, at=at)  # type: ignore[operator]  # checked by a conformance test
    if look(email, at=at).going:
        raise NotErased
    audit.record(
        action="privacy.person.erased",
        subject="privacy.person:",
        by=by,
        changes={"erased": len(held.going), "kept": len(held.staying)},
        at=at,
    )
    return held


def _trail(records: list[HeldRecord]) -> Iterator[Line]:
    """How many rows of the audit record are about what was found, or were made by its person."""
    subjects = [record.subject for record in records if record.subject]
    actors = [record.actor for record in records if record.actor]
    about = Q(subject__in=subjects) | Q(actor_kind="person", actor_id__in=actors)
    count = AuditEntry.objects.filter(about).count() if subjects or actors else 0
    if count:
        record = HeldRecord(kind=_("Einträge im Protokoll"), count=count, kept_because=_TRAIL_STAYS)
        yield Line(source=_("Protokoll"), record=record)


def _found(source: PersonSource, email: str) -> list[HeldRecord]:
    records: Iterable[HeldRecord] = registry.load(source.found)(email)  # type: ignore[operator]  # checked by a conformance test
    return list(records)


def _sources() -> list[PersonSource]:
    found = [source for spec in registry.all_specs() for source in spec.persons]
    return sorted(
        (source for source in found if all(map(stands_here, source.models))), key=lambda source: source.order
    )


def _apart() -> Iterator[Apart]:
    for spec in registry.all_specs():
        purposes = {entry.model: entry.purpose for entry in spec.privacy}
        for model, said in spec.persons_apart.items():
            if stands_here(model):
                yield Apart(area=spec.label, purpose=purposes[model], said=said)
