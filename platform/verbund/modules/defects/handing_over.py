# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports that belong to another municipality: given to it, taken back in time, or given back by who got one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.exchange import api as exchange
from verbund.exchange.api import Partner
from verbund.kernel.actors import Actor
from verbund.modules.defects import handling
from verbund.modules.defects.access import demand, locked_report
from verbund.modules.defects.contact import read_contact
from verbund.modules.defects.errors import NotHandedOver, StepNeedsMore, TransitionRefused
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Handover, Report, Reporter
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.placing import distances
from verbund.modules.defects.states import WORKING, State
from verbund.modules.defects.travelling_photos import packed

KIND: Final = "defects.handover"
ANSWER: Final = "defects.handover_answer"
# So long it waits here, where a wrong choice is undone with one press.
HOLD: Final = timedelta(minutes=10)


def neighbours(report: Report) -> list[Partner]:
    """Who may be in charge instead, the nearest first; not who gave it to us or gave it back already."""
    found = exchange.partners(module="defects")
    tried = set(
        report.handovers.exclude(
            state__in=[Handover.State.WITHDRAWN, Handover.State.UNDELIVERABLE]
        ).values_list("partner", flat=True)
    )
    away = distances(report.latitude, report.longitude, [ags for partner in found for ags in partner.bodies])
    far = float("inf")
    return sorted(
        (partner for partner in found if partner.number not in tried),
        key=lambda partner: min((away.get(ags, far) for ags in partner.bodies), default=far),
    )


def may_be_handed_over(report: Report) -> bool:
    """Whether it is being worked on here, and is not on its way already."""
    return (
        State(report.state) in WORKING
        and not report.handovers.filter(state=Handover.State.WAITING, way=Handover.Way.OUT).exists()
    )


def latest_handover(report: Report) -> Handover | None:
    """What its page shows; one that was withdrawn is not shown."""
    return report.handovers.exclude(state=Handover.State.WITHDRAWN).order_by("-pk").first()


@transaction.atomic
def hand_over(
    *, reference: str, partner: int, with_contact: bool = False, reason: str = "", by: Actor, at: datetime
) -> Handover:
    """Give a report to another municipality; it leaves after HOLD and can be taken back until then.

    What the reporter left travels only if somebody says why (they agreed, or it cannot be done without).

    Raises:
        ReportNotFound, MayNot: there is none here, or the role does not include it.
        TransitionRefused: nobody works on it here any more, or it is on its way.
        StepNeedsMore: the receiver cannot be chosen, or the reason is missing.
    """
    demand(by, DefectsPermission.ANSWER)
    report = locked_report(reference)
    if not may_be_handed_over(report):
        raise TransitionRefused
    chosen = next((found for found in neighbours(report) if found.number == partner), None)
    if chosen is None:
        raise StepNeedsMore(fields={"partner": _("Bitte wählen Sie eine Kommune aus der Liste.")})
    if with_contact and not reason.strip():
        raise StepNeedsMore(fields={"reason": _("Bitte nennen Sie den Grund, warum der Kontakt mitgeht.")})
    body = {
        **travels(report),
        "photos": packed(report),
        "contact": _contact(report, by=by, at=at) if with_contact else None,
    }
    message_id = exchange.send(receiver=partner, kind=KIND, body=body, hold=HOLD, by=by, at=at)
    handover = Handover.objects.create(
        report=report,
        message_id=message_id,
        way=Handover.Way.OUT,
        partner=partner,
        partner_name=chosen.name,
        with_contact=with_contact,
        made_at=at,
        leaves_at=at + HOLD,
    )
    text = f"Wird an {chosen.name} abgegeben, {_counted(len(body['photos']))}. {reason}"
    note_down(report.case, TimelineEntry.Kind.NOTE, by=by, at=at, text=text)
    changes: dict[str, object] = {
        "partner": partner,
        "contact": with_contact,
        "photos": len(body["photos"]),
    }
    _record(report, "handed_over", by=by, at=at, changes=changes)
    return handover


@transaction.atomic
def take_back(*, reference: str, by: Actor, at: datetime) -> Handover:
    """Keep a report that has not left yet.

    Raises:
        ReportNotFound, MayNot: as above.
        NotHandedOver: nothing of it waits here.
        TooLate: it is on its way.
    """
    demand(by, DefectsPermission.ANSWER)
    report = locked_report(reference)
    handover = report.handovers.filter(state=Handover.State.WAITING, way=Handover.Way.OUT).first()
    if handover is None:
        raise NotHandedOver
    exchange.withdraw(message_id=handover.message_id, by=by, at=at)
    handover.end(Handover.State.WITHDRAWN, at=at)
    text = f"Die Übergabe an {handover.partner_name} ist zurückgenommen."
    note_down(report.case, TimelineEntry.Kind.NOTE, by=by, at=at, text=text)
    _record(report, "taken_back", by=by, at=at, changes={"partner": handover.partner})
    return handover


@transaction.atomic
def hand_back(*, reference: str, reason: str, by: Actor, at: datetime) -> Handover:
    """Give a report back to the municipality it came from, once.

    Raises:
        ReportNotFound, MayNot: as above.
        NotHandedOver: it came from nobody, or was given back already.
        TransitionRefused: it is closed.
        StepNeedsMore: the reason is missing.
    """
    demand(by, DefectsPermission.ANSWER)
    report = locked_report(reference)
    handover = report.handovers.filter(state=Handover.State.ACCEPTED, way=Handover.Way.IN).first()
    if handover is None:
        raise NotHandedOver
    if not reason.strip():
        raise StepNeedsMore(fields={"reason": _("Bitte nennen Sie den Grund.")})
    wanted = Wanted(
        state=State.FORWARDED,
        answer=f"Wir sind dafür nicht zuständig. {handover.partner_name} kümmert sich wieder.",
        reason=reason,
        forwarded_to=handover.partner_name,
    )
    handling.change_state(reference=report.reference, wanted=wanted, by=by, at=at)
    exchange.send(
        receiver=handover.partner,
        kind=ANSWER,
        body={"result": "returned", "reason": reason.strip()[:500], "reference": report.reference},
        in_reply_to=handover.message_id,
        by=by,
        at=at,
    )
    handover.reason = reason.strip()[:500]
    handover.end(Handover.State.RETURNED, at=at)
    _record(report, "handed_back", by=by, at=at, changes={"partner": handover.partner})
    return handover


def _counted(photos: int) -> str:
    """Written down, so in the official language."""
    return "ohne Fotos" if not photos else f"mit {photos} {'Foto' if photos == 1 else 'Fotos'}"


def travels(report: Report) -> Mapping[str, Any]:
    """What the other municipality gets in any case, besides photos; the page shows the same before anything leaves."""
    return {
        "reference": report.reference,
        "category": report.category.code,
        "latitude": report.latitude,
        "longitude": report.longitude,
        "address": report.address,
        "place_note": report.place_note,
        "description": report.description,
        "submitted_at": report.submitted_at.isoformat(),
    }


def _contact(report: Report, *, by: Actor, at: datetime) -> dict[str, Any] | None:
    """Read with its row in the record, as when somebody looks at it."""
    found = read_contact(reference=report.reference, by=by, at=at)
    if found is None:
        raise StepNeedsMore(fields={"with_contact": _("Zu dieser Meldung gibt es keinen Kontakt.")})
    return {
        "name": found.name,
        "email": found.email,
        "phone": found.phone,
        "is_confirmed": found.is_confirmed,
    }


def has_reporter(report: Report) -> bool:
    """Whether there is a contact that could travel."""
    return Reporter.objects.filter(report=report).exists()


def _record(report: Report, verb: str, *, by: Actor, at: datetime, changes: dict[str, object]) -> None:
    audit.record(
        action=f"defects.report.{verb}",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes=changes,
        at=at,
    )
