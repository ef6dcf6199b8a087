# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a report comes in: submitted, confirmed where there is an address, given to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases import spine
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.files import api as files
from verbund.kernel import ids
from verbund.kernel.actors import CITIZEN, SYSTEM, Actor
from verbund.kernel.events import publish
from verbund.metering import api as metering
from verbund.modules.defects import mails
from verbund.modules.defects.errors import LinkSpent, OutsideArea, TooManyUnconfirmed, UnknownCategory
from verbund.modules.defects.events import ReportReceived
from verbund.modules.defects.models import (
    Category,
    Confirmation,
    Report,
    Reporter,
    ReportPhoto,
)
from verbund.modules.defects.photos import file_ids_of
from verbund.modules.defects.placing import is_inside
from verbund.modules.defects.rules import LINK_HOURS
from verbund.modules.defects.settings import first_answer_due
from verbund.modules.defects.spine import forget_report, keep_up, open_report
from verbund.modules.defects.states import State
from verbund.places.locating import locate

MOST_UNCONFIRMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """What somebody wants to report. Coordinates in EPSG:4326; photos are stored files, not yet of a report."""

    category: str
    latitude: float
    longitude: float
    address: str
    place_note: str = ""
    description: str = ""
    photos: tuple[UUID, ...] = ()
    name: str = ""
    email: str = ""
    phone: str = ""
    source: str = "web"


@transaction.atomic
def submit_report(*, new: NewReport, by: Actor, at: datetime) -> Report:
    """Take a report in. With an e-mail address it waits for its confirmation, without it is received at once.

    Raises:
        UnknownCategory: the category does not exist or takes no reports.
        OutsideArea: the place is not in or near the municipality.
        TooManyUnconfirmed: reports with that e-mail address wait for their confirmation already.
    """
    report = _opened(new, at=at)
    # Only now: the number's row lets one submission in at a time, so nobody slips past the count.
    if new.email:
        _refuse_flood(new.email, at=at)
    _keep_contents(report, new, by=by, at=at)
    if new.email:
        _ask_for_confirmation(report, new.email, by=by, at=at)
    else:
        _receive(report, by=by, at=at)
    return report


@transaction.atomic
def take_in_report(*, new: NewReport, is_confirmed: bool, by: Actor, at: datetime) -> Report:
    """Take over what another municipality was told: nobody is asked again whether the address is theirs.

    Raises:
        UnknownCategory, OutsideArea: as above.
    """
    report = _opened(new, at=at)
    _keep_contents(report, new, by=by, at=at)
    if new.email and is_confirmed:
        Reporter.objects.filter(report=report).update(email_confirmed_at=at)
    _receive(report, by=by, at=at)
    return report


@transaction.atomic
def confirm_report(*, secret: str, at: datetime) -> Report:
    """Take the link from the mail. A second time changes nothing and succeeds: mail programs open links too.

    Raises:
        LinkSpent: nobody knows the link, or it is too old.
    """
    confirmation = Confirmation.objects.filter(secret_hash=ids.hash_of_secret(secret)).first()
    if confirmation is None:
        raise LinkSpent
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("category", "case")
        .get(pk=confirmation.report_id)
    )
    if confirmation.used_at is not None or report.state != State.UNCONFIRMED:
        return report
    if confirmation.expires_at <= at:
        raise LinkSpent
    Confirmation.objects.filter(pk=report.pk).update(used_at=at)
    Reporter.objects.filter(report=report).update(email_confirmed_at=at)
    _receive(report, by=CITIZEN, at=at)
    return report


def unconfirmed_report(secret: str) -> Report:
    """The report a link would confirm; reading changes nothing.

    Raises:
        LinkSpent: nobody knows the link.
    """
    found = (
        Confirmation.objects.select_related("report").filter(secret_hash=ids.hash_of_secret(secret)).first()
    )
    if found is None:
        raise LinkSpent
    return found.report


@transaction.atomic
def delete_unconfirmed(*, at: datetime) -> int:
    """Delete what nobody confirmed within 48 hours, photos included; returns how many."""
    old = Report.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=State.UNCONFIRMED, submitted_at__lt=at - timedelta(hours=LINK_HOURS)
    )
    deleted = list(old)
    for report in deleted:
        photos = file_ids_of(report)
        audit.record(
            action="defects.report.expired",
            subject=f"defects.report:{report.pk}",
            by=SYSTEM,
            changes={"reference": report.reference},
            reason="nicht bestätigt",
            at=at,
        )
        forget_report(report)
        files.delete_files(file_ids=photos, by=SYSTEM, at=at)
    return len(deleted)


def _opened(new: NewReport, *, at: datetime) -> Report:
    category = Category.objects.filter(code=new.category, is_active=True).first()
    if category is None:
        raise UnknownCategory(fields={"category": _("Diese Kategorie gibt es nicht.")})
    if not is_inside(new.latitude, new.longitude):
        raise OutsideArea(fields={"address": _("Dieser Ort liegt nicht in unserem Gebiet.")})
    return open_report(
        category=category,
        location=locate(lat=new.latitude, lon=new.longitude, address=new.address),
        place_note=new.place_note.strip(),
        description=new.description.strip(),
        source=new.source,
        at=at,
    )


def _keep_contents(report: Report, new: NewReport, *, by: Actor, at: datetime) -> None:
    _keep_photos(report, new.photos, by=by, at=at)
    _keep_reporter(report, new)
    audit.record(
        action="defects.report.submitted",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"reference": report.reference, "category": report.category.code, "source": new.source},
        at=at,
    )


def _receive(report: Report, *, by: Actor, at: datetime) -> None:
    """From here on the office knows the report and the public sees its light."""
    report.state, report.received_at, report.updated_at = State.RECEIVED, at, at
    report.answer_due_on = first_answer_due(at)
    report.save(update_fields=["state", "received_at", "updated_at", "answer_due_on"])
    keep_up(report)
    note_down(report.case, TimelineEntry.Kind.SUBMITTED, by=by, at=at, is_public=True)
    audit.record(
        action="defects.report.received",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"state": [State.UNCONFIRMED, State.RECEIVED]},
        at=at,
    )
    metering.record("defects.reports", at=at, dimensions={"source": report.source})
    mails.send_receipt(report, by=by, at=at)
    mails.send_to_office(report, by=by, at=at)
    publish(ReportReceived(report_id=report.pk, reference=report.reference, category=report.category.code))


def _refuse_flood(email: str, *, at: datetime) -> None:
    """Our mails must not be used against somebody: each report sends one to an address nobody has proved yet."""
    waiting = spine.pending_from(email, since=at - timedelta(hours=LINK_HOURS))
    if waiting >= MOST_UNCONFIRMED:
        raise TooManyUnconfirmed(
            fields={
                "email": _(
                    "Zu dieser E-Mail-Adresse warten schon mehrere Meldungen auf Bestätigung. Bitte öffnen Sie zuerst die Links, die wir Ihnen geschickt haben."
                )
            }
        )


def _ask_for_confirmation(report: Report, email: str, *, by: Actor, at: datetime) -> None:
    secret = ids.link_secret()
    Confirmation.objects.create(
        report=report, secret_hash=ids.hash_of_secret(secret), expires_at=at + timedelta(hours=LINK_HOURS)
    )
    mails.send_confirmation_link(report, email=email, secret=secret, by=by, at=at)


def _keep_photos(report: Report, photos: tuple[UUID, ...], *, by: Actor, at: datetime) -> None:
    ReportPhoto.objects.bulk_create(
        ReportPhoto(report=report, file_id=file_id, position=position)
        for position, file_id in enumerate(photos)
    )
    if photos:
        files.pass_on(file_ids=list(photos), owner=f"defects.report:{report.pk}", by=by, at=at)


def _keep_reporter(report: Report, new: NewReport) -> None:
    if new.email:
        spine.keep_contact(report.case, email=new.email)
    if new.name or new.email or new.phone:
        Reporter.objects.create(
            report=report,
            name=new.name.strip(),
            email=new.email.strip(),
            phone=new.phone.strip(),
            has_email=bool(new.email),
        )
