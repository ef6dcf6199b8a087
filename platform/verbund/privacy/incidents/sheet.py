# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The facts of an incident for the supervisory authority: what happened in a time, from the audit record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.audit.models import AuditEntry
from verbund.documents.pdf import render
from verbund.kernel import registry
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Forbidden, Invalid
from verbund.kernel.language import official_language
from verbund.kernel.specs import PackageSpec
from verbund.privacy.permissions import PrivacyPermission
from verbund.privacy.standing import stands_here
from verbund.web.texts import moment_text

REPORT_WITHIN: Final = timedelta(hours=72)
_TEMPLATE: Final = Path(__file__).with_name("incident.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is known of an incident. ``person_id`` narrows the look to what one account did."""

    since: datetime
    until: datetime
    noticed_at: datetime
    description: str
    consequences: str = ""
    measures: str = ""
    contact: str = ""
    person_id: int | None = None

    @property
    def report_until(self) -> datetime:
        """Art. 33 Abs. 1 DSGVO: 72 hours after it became known, week-end or not."""
        return self.noticed_at + REPORT_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One package or module in that time: how many things about people, what was done, and which data it holds."""

    slug: str
    label: str
    objects: int
    entries: int
    actions: str
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What happened in one municipality."""

    name: str
    areas: tuple[Area, ...]


@transaction.atomic
def areas_of(*, wanted: Wanted, by: Actor, at: datetime) -> tuple[Area, ...]:
    """The areas of the entered scope with data of people in which something was read or changed; the look is recorded.

    Raises:
        Forbidden: the role does not include it.
        Invalid: the time ends before it begins.
    """
    if not by.may(PrivacyPermission.INCIDENT):
        raise Forbidden
    if wanted.until <= wanted.since:
        raise Invalid(fields={"until": _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Angaben.")})
    found = tuple(_areas(wanted))
    audit.record(
        action="privacy.incident.looked",
        subject="privacy.incident:",
        by=by,
        changes={"since": wanted.since.isoformat(), "until": wanted.until.isoformat(), "areas": len(found)},
        at=at,
    )
    return found


def as_pdf(wanted: Wanted, members: Iterable[Member], *, issuer: str, at: datetime) -> bytes:
    """The sheet, to be filed and sent; nothing of it is kept here."""
    with official_language():
        values = {
            "since": moment_text(wanted.since),
            "until": moment_text(wanted.until),
            "noticed": moment_text(wanted.noticed_at),
            "due": moment_text(wanted.report_until),
            "day": moment_text(at),
            "is_narrow": wanted.person_id is not None,
            "description": wanted.description,
            "consequences": wanted.consequences,
            "measures": wanted.measures,
            "contact": wanted.contact,
            "members": [_member(member) for member in members],
        }
        return render(_TEMPLATE, title="Meldung einer Datenpanne", issuer=issuer, values=values, at=at)


def _areas(wanted: Wanted) -> Iterator[Area]:
    entries = AuditEntry.objects.filter(at__gte=wanted.since, at__lt=wanted.until)
    if wanted.person_id is not None:
        entries = entries.filter(actor_kind="person", actor_id=str(wanted.person_id))
    actions: dict[str, Counter[str]] = {}
    objects: dict[str, set[str]] = {}
    for action, subject in entries.values_list("action", "subject").iterator(chunk_size=2000):
        slug, _dot, rest = action.partition(".")
        actions.setdefault(slug, Counter())[rest] += 1
        objects.setdefault(slug, set()).add(subject)
    for spec in registry.all_specs():
        data = _personal(spec)
        if spec.slug in actions and data:
            counted = actions[spec.slug]
            yield Area(
                slug=spec.slug,
                label=str(spec.label),
                objects=len(objects[spec.slug]),
                entries=counted.total(),
                actions=", ".join(f"{name} ({number})" for name, number in counted.most_common()),
                data=data,
            )


def _personal(spec: PackageSpec) -> tuple[str, ...]:
    return tuple(str(entry.purpose) for entry in spec.privacy if entry.personal and stands_here(entry.model))


def _member(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "rows": [
            [area.label, str(area.objects), area.actions, "; ".join(area.data)] for area in member.areas
        ],
    }
