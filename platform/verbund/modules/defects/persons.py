# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Mängelmelder keeps of somebody who asks, and how it forgets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from verbund.audit import api as audit
from verbund.cases.models import Contact, TimelineEntry
from verbund.cases.spine import index_of
from verbund.files import api as files
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.ports import HeldRecord
from verbund.kernel.texts import LazyText
from verbund.modules.defects.drafting import Contents, discard_draft, read
from verbund.modules.defects.labels import state_label
from verbund.modules.defects.models import Confirmation, Draft, Report, Reporter
from verbund.modules.defects.photos import file_ids_of
from verbund.modules.defects.spine import forget_report, keep_up
from verbund.modules.defects.states import CLOSED, State
from verbund.privacy.offers.offering import open_until
from verbund.privacy.periods.holding import hold_of
from verbund.vault.api import normalised

_OPEN = _(
    "Die Meldung ist noch offen; für Rückfragen und Auskunft wird der Kontakt gebraucht (Art. 17 Abs. 3 Buchst. b DSGVO). Nach dem Abschluss kann die Löschung wiederholt werden."
)
_HELD = _(
    "Die Löschung dieses Vorgangs ist angehalten (Art. 18 Abs. 2, Art. 17 Abs. 3 Buchst. e DSGVO). Nach der Freigabe kann sie wiederholt werden."
)
_OFFERED = _(
    "Die Unterlage ist dem zuständigen Archiv angeboten, das noch nicht geantwortet oder sie noch nicht übernommen hat (§ 4 BbgArchivG, Art. 17 Abs. 3 Buchst. d DSGVO). Danach kann die Löschung wiederholt werden."
)
_REMAINS = _(
    "Kontakt, eigene Worte und Fotos gehen. Kategorie, Ort, Verlauf und die von der Verwaltung veröffentlichten Worte bleiben ohne Bezug zur Person. Notizen der Verwaltung sieht niemand durch: Steht darin ein Name, bleibt er stehen."
)
# Stands where the person's own words were; a text of the record, so it is not translated.
ERASED_WORDS = "Auf Antrag gelöscht."


def found(email: str) -> Iterator[HeldRecord]:
    """The reports that came in by that address, and what somebody is still writing under it."""
    for report in _reports(email):
        yield HeldRecord(
            kind=_("Meldung eines Mangels"),
            reference=report.reference,
            at=report.submitted_at,
            fields=tuple(_fields(report)),
            subject=f"defects.report:{report.pk}",
            kept_because=_kept_because(report),
            remains=_REMAINS if report.state in CLOSED else "",
        )
    for draft, contents in _drafts(email):
        yield HeldRecord(
            kind=_("Angefangene Meldung"),
            at=draft.changed_at,
            fields=((_("Beschreibung"), contents.description), (_("Name"), contents.name)),
            subject=f"defects.draft:{draft.pk}",
        )


@transaction.atomic
def erase(email: str, *, by: Actor, at: datetime) -> None:
    """Empty what is closed, delete what was never confirmed or sent. What is open stays as it is."""
    for report in _reports(email).select_for_update(of=("self",)):
        if not _kept_because(report):
            _erase(report, by=by, at=at)
    for draft, _contents in _drafts(email):
        discard_draft(draft_id=draft.pk, by=by, at=at)


def _erase(report: Report, *, by: Actor, at: datetime) -> None:
    photos = file_ids_of(report)
    audit.record(
        action="defects.report.person_erased",
        subject=f"defects.report:{report.pk}",
        by=by,
        changes={"reference": report.reference, "photos": len(photos)},
        reason="Antrag auf Löschung",
        at=at,
    )
    if report.state == State.UNCONFIRMED:
        forget_report(report)
    else:
        _forget_person(report)
    files.delete_files(file_ids=photos, by=by, at=at)


def _forget_person(report: Report) -> None:
    report.photos.all().delete()
    Reporter.objects.filter(report=report).delete()
    Confirmation.objects.filter(report=report).delete()
    Contact.objects.filter(case_id=report.case_id).delete()
    own = TimelineEntry.objects.filter(case_id=report.case_id, kind=TimelineEntry.Kind.REPLY)
    own.update(text=ERASED_WORDS)
    report.description, report.place_note = "", ""
    report.save(update_fields=["description", "place_note"])
    keep_up(report)


def _reports(email: str) -> QuerySet[Report]:
    reports = Report.objects.select_related("case", "category", "reporter").order_by("pk")
    return reports.filter(case__contact__email_index=index_of(email))


def _kept_because(report: Report) -> LazyText:
    if report.state not in CLOSED and report.state != State.UNCONFIRMED:
        return _OPEN
    if hold_of(report.reference, on=clock.today()) is not None:
        return _HELD
    return _OFFERED if open_until("defects.report", report.reference, on=clock.today()) is not None else ""


def _fields(report: Report) -> Iterator[tuple[LazyText, str]]:
    reporter = report.reporter
    yield _("Kategorie"), report.category.name
    yield _("Ort"), " ".join(filter(None, (report.address, report.place_note)))
    yield _("Stand"), state_label(report.state)
    yield _("Beschreibung"), report.description
    yield _("Veröffentlichte Beschreibung"), report.public_description
    yield _("Name"), reporter.name or ""
    yield _("E-Mail-Adresse"), reporter.email or ""
    yield _("Telefon"), reporter.phone or ""
    yield _("Fotos"), str(report.photos.count() or "")
    notes = 0
    for entry in TimelineEntry.objects.filter(case_id=report.case_id).order_by("at", "pk"):
        if entry.is_public or entry.kind == TimelineEntry.Kind.REPLY:
            yield entry.get_kind_display(), entry.text
        notes += entry.kind == TimelineEntry.Kind.NOTE
    yield (
        _("Notizen der Verwaltung, vor der Herausgabe durchzusehen (Art. 15 Abs. 4 DSGVO)"),
        str(notes or ""),
    )


def _drafts(email: str) -> Iterator[tuple[Draft, Contents]]:
    """They are a day old at most, so that all can be opened; no index tells who writes them."""
    wanted = normalised(email)
    for draft in Draft.objects.order_by("changed_at"):
        contents = read(draft)
        if normalised(contents.email) == wanted:
            yield draft, contents
