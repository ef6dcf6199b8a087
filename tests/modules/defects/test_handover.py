# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report that reached the wrong town hall: given to the neighbour and answered, kept, refused, given back."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from PIL import Image

from tests.factories.accounts import client_for, make_person
from tests.factories.defects import make_clerk, make_report, middle, photo_upload
from tests.factories.exchange import sweep
from verbund.audit.models import AuditEntry
from verbund.cases.models import Case
from verbund.cases.timeline import public_timeline, whole_timeline
from verbund.exchange.api import TooLate
from verbund.files.api import open_photo, store_photo
from verbund.files.models import StoredFile
from verbund.files.redaction import Box
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.modules.defects import handing_over, travelling_photos
from verbund.modules.defects.drafting import MOST_PHOTOS
from verbund.modules.defects.errors import NotHandedOver, StepNeedsMore, TransitionRefused
from verbund.modules.defects.handing_over import HOLD
from verbund.modules.defects.models import Handover, Report, Reporter, ReportPhoto
from verbund.modules.defects.photos import redact_photo
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox
from verbund.places.geometry import bounds_of_point
from verbund.places.models import Location

NOW = clock.now()
LATER = NOW + HOLD + timedelta(minutes=1)


@pytest.fixture
def misplaced(heideblick, luckau):
    """A report that Heideblick has received and that lies in the middle of Luckau."""
    with context.enter(luckau):
        latitude, longitude = middle()
    with context.enter(heideblick):
        report = make_report(address="Am Markt 1, 15926 Luckau")
        Location.objects.filter(pk=report.location_id).update(box=bounds_of_point(latitude, longitude))
        return Report.objects.get(pk=report.pk)


def give(giver, report, partner, **options):
    with context.enter(giver):
        return handing_over.hand_over(
            reference=report.reference, partner=partner.number, by=make_clerk(), at=NOW, **options
        )


def keep(giver, report, *, at=NOW):
    with context.enter(giver):
        return handing_over.take_back(reference=report.reference, by=make_clerk(), at=at)


def test_the_neighbour_gets_it_and_its_number_comes_back(misplaced, heideblick, luckau):
    give(heideblick, misplaced, luckau)

    sweep(heideblick, luckau, heideblick, at=LATER)

    with context.enter(luckau):
        theirs = Report.objects.get()
        assert (theirs.state, theirs.source) == (State.RECEIVED, "handover")
        assert (theirs.address, theirs.description) == (misplaced.address, misplaced.description)
        assert Case.objects.get(reference=theirs.reference).is_new
        notes = "".join(entry.text for entry in whole_timeline(theirs.case_id))
        assert f"Von Gemeinde Heideblick abgegeben, dort {misplaced.reference}." in notes
    with context.enter(heideblick):
        ours = Report.objects.get()
        assert (ours.state, ours.forwarded_to) == (State.FORWARDED, "Stadt Luckau")
        assert theirs.reference in public_timeline(ours.case_id).first().text
        assert Handover.objects.get().partner_reference == theirs.reference


def test_kept_after_all_while_it_waits_but_not_later(misplaced, heideblick, luckau):
    give(heideblick, misplaced, luckau)
    with pytest.raises(TransitionRefused):
        give(heideblick, misplaced, luckau)
    keep(heideblick, misplaced)
    sweep(heideblick, luckau, at=LATER)
    with context.enter(luckau):
        assert not Report.objects.exists()

    give(heideblick, misplaced, luckau)
    sweep(heideblick, at=LATER)
    with pytest.raises(TooLate):
        keep(heideblick, misplaced, at=LATER)


def test_what_lies_elsewhere_is_not_taken_and_comes_back_to_work(heideblick, luckau):
    with context.enter(heideblick):
        report = make_report()
    give(heideblick, report, luckau)

    sweep(heideblick, luckau, heideblick, at=LATER)

    with context.enter(heideblick):
        handover = Handover.objects.get()
        assert (handover.state, handover.reason) == ("REFUSED", "Dieser Ort liegt nicht in unserem Gebiet.")
        assert Report.objects.get().state == State.RECEIVED
        assert "nicht angenommen" in whole_timeline(report.case_id).first().text
    with context.enter(luckau):
        assert not Report.objects.exists()


def test_given_back_once(misplaced, heideblick, luckau):
    give(heideblick, misplaced, luckau)
    sweep(heideblick, luckau, heideblick, at=LATER)
    with context.enter(luckau):
        theirs = Report.objects.get()
        assert handing_over.neighbours(theirs) == []
        back = {"reference": theirs.reference, "reason": "Landesstraße", "by": make_clerk(), "at": LATER}
        handing_over.hand_back(**back)
        with pytest.raises(NotHandedOver):
            handing_over.hand_back(**back)

    sweep(luckau, heideblick, at=LATER)

    with context.enter(heideblick):
        ours = Report.objects.get()
        assert ours.state == State.IN_REVIEW
        assert Case.objects.get(reference=ours.reference).is_new
        assert "Landesstraße" not in "".join(entry.text for entry in public_timeline(ours.case_id))
        assert "Landesstraße" in "".join(entry.text for entry in whole_timeline(ours.case_id))
        assert handing_over.neighbours(ours) == []


def test_nobody_got_it_and_it_stays_ours(misplaced, heideblick, luckau):
    give(heideblick, misplaced, luckau)
    sweep(heideblick, at=LATER)
    sweep(heideblick, at=NOW + timedelta(days=16))

    with context.enter(heideblick):
        assert Handover.objects.get().state == "UNDELIVERABLE"
        assert Report.objects.get().state == State.RECEIVED
        assert [partner.number for partner in handing_over.neighbours(misplaced)] == [luckau.number]


def _left_an_address(heideblick, report):
    """Somebody who left an address and followed the link."""
    with context.enter(heideblick):
        Reporter.objects.create(
            report=report,
            name="Erika Muster",
            email="erika@muster.example",
            has_email=True,
            email_confirmed_at=NOW,
        )


def test_contact_stays_here_unless_somebody_says_why(misplaced, heideblick, luckau):
    _left_an_address(heideblick, misplaced)
    give(heideblick, misplaced, luckau)
    sweep(heideblick, luckau, at=LATER)

    with context.enter(luckau):
        assert Report.objects.exists()
        assert not Reporter.objects.exists()
        assert not Outbox.objects.filter(kind="defects/received").exists()


def test_contact_travels_with_a_reason_and_its_reading_is_noted(misplaced, heideblick, luckau):
    _left_an_address(heideblick, misplaced)
    with pytest.raises(StepNeedsMore):
        give(heideblick, misplaced, luckau, with_contact=True)
    give(heideblick, misplaced, luckau, with_contact=True, reason="am Telefon zugestimmt")
    with context.enter(heideblick):
        assert AuditEntry.objects.filter(action="defects.contact.read").count() == 1
    sweep(heideblick, luckau, at=LATER)

    with context.enter(luckau):
        assert Reporter.objects.get().email == "erika@muster.example"
        assert Reporter.objects.get().email_confirmed_at == LATER
        assert Outbox.objects.filter(kind="defects/received").exists()


def test_clerk_chooses_looks_at_it_hands_over_and_keeps_it_after_all(misplaced, heideblick, luckau):
    with context.enter(heideblick):
        clerk = client_for(make_person("clerk"), heideblick)
    address = f"/verwaltung/maengel/{misplaced.reference}/"
    assert f"{address}abgeben/" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}abgeben/", {"partner": 999}).status_code == 422

    looked = clerk.post(f"{address}abgeben/", {"partner": luckau.number}).content.decode()
    assert "An Stadt Luckau abgeben?" in looked
    with context.enter(heideblick):
        assert not Handover.objects.exists()
    given = clerk.post(f"{address}abgeben/", {"partner": luckau.number, "aktion": "abgeben"})
    assert given["Location"] == address
    assert "Wird an Stadt Luckau abgegeben" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}behalten/")["Location"] == address

    with context.enter(heideblick):
        assert Handover.objects.get().state == "WITHDRAWN"


def _with_photos(heideblick, report, *, released):
    """Photos of the report, some of them released; the first is blackened."""
    with context.enter(heideblick):
        for position, is_released in enumerate(released):
            stored = store_photo(
                upload=photo_upload(), owner=f"defects.report:{report.pk}", by=SYSTEM, at=NOW
            )
            ReportPhoto.objects.create(
                report=report, file=stored, position=position, released_at=NOW if is_released else None
            )
        photo = report.photos.first()
        redact_photo(
            reference=report.reference,
            photo_id=photo.pk,
            boxes=[Box(0, 0, 100, 100)],
            by=make_clerk(),
            at=NOW,
        )


def test_released_photos_travel_blackened_and_nobody_sees_them_there_yet(misplaced, heideblick, luckau):
    _with_photos(heideblick, misplaced, released=[True, False, True])
    give(heideblick, misplaced, luckau)

    sweep(heideblick, luckau, heideblick, at=LATER)

    with context.enter(luckau):
        theirs = Report.objects.get()
        photos = list(theirs.photos.all())
        assert [photo.released_at for photo in photos] == [None, None]
        assert {photo.file.owner for photo in photos} == {f"defects.report:{theirs.pk}"}
        with open_photo(photos[0].file_id, 400) as source:
            assert max(Image.open(source).getpixel((50, 50))) < 10, "black, and nothing else was sent"
    with context.enter(heideblick):
        assert Report.objects.get().photos.count() == 3
        notes = "".join(entry.text for entry in whole_timeline(misplaced.case_id))
        assert "mit 2 Fotos" in notes


def test_photos_that_do_not_fit_stay_and_the_report_travels(misplaced, heideblick, luckau, monkeypatch):
    _with_photos(heideblick, misplaced, released=[True, True])
    with context.enter(heideblick):
        first = len(travelling_photos.packed(misplaced)[0])
    monkeypatch.setattr(travelling_photos, "LARGEST", first)
    give(heideblick, misplaced, luckau)

    sweep(heideblick, luckau, at=LATER)

    with context.enter(luckau):
        assert Report.objects.get().photos.count() == 1


@pytest.mark.parametrize(
    "sent", [None, "Zm90bw==", {"a": 1}, ["kein base64!"], [7], ["Zm90bw=="], [None, {"x": 1}]]
)
def test_what_is_no_photo_is_left_out(in_heideblick, sent):
    assert travelling_photos.unpacked(sent, owner="defects.handover:1", at=NOW) == ()
    assert not StoredFile.objects.exists()


def test_more_photos_than_anybody_may_send_are_not_taken(in_heideblick):
    photo = base64.b64encode(photo_upload().read()).decode()

    kept = travelling_photos.unpacked([photo] * (MOST_PHOTOS + 2), owner="defects.handover:1", at=NOW)

    assert len(kept) == MOST_PHOTOS


def test_the_page_shows_what_travels_and_says_what_stays(misplaced, heideblick, luckau):
    _with_photos(heideblick, misplaced, released=[True, False])
    with context.enter(heideblick):
        clerk = client_for(make_person("clerk"), heideblick)
        shown, hidden = misplaced.photos.all()

    page = clerk.get(f"/verwaltung/maengel/{misplaced.reference}/abgeben/").content.decode()

    assert str(shown.shown_file_id) in page
    assert str(hidden.file_id) not in page
    assert "Ein Foto ist nicht freigegeben und bleibt hier." in page
