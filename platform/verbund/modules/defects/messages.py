# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Mängelmelder does with messages of other municipalities: a report that comes, and what became of one that went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from verbund.cases import spine
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.exchange import api as exchange
from verbund.files import api as files
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import DomainError, Invalid
from verbund.kernel.ports import IncomingMessage, UndeliveredMessage
from verbund.modules.defects import handling, reporting
from verbund.modules.defects.access import locked_report
from verbund.modules.defects.handing_over import ANSWER
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Category, Handover, Report
from verbund.modules.defects.reporting import NewReport
from verbund.modules.defects.states import State
from verbund.modules.defects.travelling_photos import unpacked

_OTHER = "other"
SOURCE = "handover"


def take_report(message: IncomingMessage) -> None:
    """A report of another municipality becomes one of ours, with its own number; the answer names it, or says why not."""
    try:
        with files.all_or_nothing():
            report = _taken_in(message)
    except (Invalid, KeyError, TypeError, ValueError) as refusal:
        reason = _reason(refusal) if isinstance(refusal, DomainError) else "Die Nachricht ist unvollständig."
        _answer(message, {"result": "refused", "reason": reason[:500]})
        return
    _answer(message, {"result": "accepted", "reference": report.reference})


def take_answer(message: IncomingMessage) -> None:
    """What the other municipality did with a report of ours; an answer to what is over changes nothing."""
    if message.in_reply_to is None:
        return
    handover = (
        Handover.objects.select_related("report")
        .filter(message_id=message.in_reply_to, way=Handover.Way.OUT, partner=message.sender)
        .first()
    )
    if handover is None:
        return
    report = locked_report(handover.report.reference)
    text = str(message.body.get("reason", ""))[:500]
    handover.partner_reference = str(message.body.get("reference", ""))[:20]
    handover.reason = text
    result = message.body.get("result")
    if result == "accepted" and handover.state == Handover.State.WAITING:
        handover.end(Handover.State.ACCEPTED, at=message.at)
        _tell_where_it_is(report, handover, at=message.at)
    elif result == "refused" and handover.state == Handover.State.WAITING:
        handover.end(Handover.State.REFUSED, at=message.at)
        _back_at_work(
            report, f"{handover.partner_name} hat die Meldung nicht angenommen: {text}", at=message.at
        )
    elif result == "returned" and handover.state == Handover.State.ACCEPTED:
        handover.end(Handover.State.RETURNED, at=message.at)
        _work_again(report, handover, at=message.at)


def note_undelivered(message: UndeliveredMessage) -> None:
    """It stays ours: nobody has got it."""
    handover = Handover.objects.select_related("report").filter(message_id=message.id).first()
    if handover is None:
        return
    report = locked_report(handover.report.reference)
    handover.end(Handover.State.UNDELIVERABLE, at=message.at)
    _back_at_work(report, f"Die Übergabe an {handover.partner_name} war nicht möglich.", at=message.at)


def _taken_in(message: IncomingMessage) -> Report:
    body = message.body
    contact: Mapping[str, Any] = body.get("contact") or {}
    new = NewReport(
        category=_category(str(body["category"])),
        latitude=float(body["latitude"]),
        longitude=float(body["longitude"]),
        address=str(body["address"])[:200],
        place_note=str(body["place_note"])[:300],
        description=str(body["description"]),
        photos=unpacked(body.get("photos"), owner=f"defects.handover:{message.id}", at=message.at),
        name=str(contact.get("name", "")),
        email=str(contact.get("email", "")),
        phone=str(contact.get("phone", "")),
        source=SOURCE,
    )
    is_confirmed = bool(contact.get("is_confirmed"))
    report = reporting.take_in_report(new=new, is_confirmed=is_confirmed, by=SYSTEM, at=message.at)
    handover = Handover.objects.create(
        report=report,
        message_id=message.id,
        way=Handover.Way.IN,
        state=Handover.State.ACCEPTED,
        partner=message.sender,
        partner_name=message.sender_name,
        partner_reference=str(body["reference"])[:20],
        with_contact=bool(contact),
        made_at=message.at,
        leaves_at=message.at,
    )
    text = f"Von {handover.partner_name} abgegeben, dort {handover.partner_reference}."
    note_down(report.case, TimelineEntry.Kind.NOTE, by=SYSTEM, at=message.at, text=text)
    return report


def _category(code: str) -> str:
    """The same kind of defect, or that for everything else, where it is not offered here."""
    return code if Category.objects.filter(code=code, is_active=True).exists() else _OTHER


def _reason(refusal: DomainError) -> str:
    return " ".join(refusal.fields.values()) or refusal.message


def _answer(message: IncomingMessage, body: dict[str, str]) -> None:
    exchange.send(
        receiver=message.sender,
        kind=ANSWER,
        body=body,
        in_reply_to=message.id,
        by=SYSTEM,
        at=message.at,
    )


def _tell_where_it_is(report: Report, handover: Handover, *, at: datetime) -> None:
    wanted = Wanted(
        state=State.FORWARDED,
        answer=f"Ihre Meldung liegt jetzt bei {handover.partner_name} und hat dort die Nummer {handover.partner_reference}.",
        forwarded_to=handover.partner_name,
    )
    _step_or_note(report, wanted, at=at)


def _work_again(report: Report, handover: Handover, *, at: datetime) -> None:
    wanted = Wanted(
        state=State.IN_REVIEW,
        answer=f"{handover.partner_name} ist nicht zuständig. Wir prüfen die Meldung wieder.",
        reason=f"{handover.partner_name} hat die Meldung zurückgegeben: {handover.reason}",
    )
    _step_or_note(report, wanted, at=at)
    spine.mark_new(locked_report(report.reference).case)


def _step_or_note(report: Report, wanted: Wanted, *, at: datetime) -> None:
    """Where somebody has closed it meanwhile, the answer is a word for colleagues."""
    try:
        with transaction.atomic():
            handling.change_state(reference=report.reference, wanted=wanted, by=SYSTEM, at=at)
    except DomainError:
        note_down(report.case, TimelineEntry.Kind.NOTE, by=SYSTEM, at=at, text=wanted.reason or wanted.answer)


def _back_at_work(report: Report, text: str, *, at: datetime) -> None:
    note_down(report.case, TimelineEntry.Kind.NOTE, by=SYSTEM, at=at, text=text)
    spine.mark_new(report.case)
