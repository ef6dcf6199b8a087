# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The archive chooses before anything it may want is deleted."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import IO

import pikepdf
import pytest

from tests.factories.defects import make_report, photo_upload
from tests.factories.privacy_periods import archive_does_without, close_long_ago, hold
from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.files import api as files
from verbund.kernel import context
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.modules.defects import persons
from verbund.modules.defects.models import Report, ReportPhoto
from verbund.privacy.offers import deciding, duties, exporting, offering
from verbund.privacy.offers.errors import AlreadyDecided, NothingTaken, NothingToOffer
from verbund.privacy.offers.models import Choice, Offer, OfferedRecord
from verbund.privacy.periods.deleting import delete_due

SLUG = "defects.report"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANSWER_BY = date(2027, 5, 20)
AFTER = datetime(2027, 5, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def over(year: int = 2019, **fields: object) -> Report:
    at = NOW.replace(year=year)
    return close_long_ago(make_report(at=at - timedelta(days=30), **fields), at=at)


def offer(at: datetime = NOW) -> Offer:
    return offering.offer_now(slug=SLUG, by=SYSTEM, at=at)


def answer(offered: Offer, *taken: str) -> None:
    deciding.note_answer(number=offered.number, taken=taken, by=SYSTEM, at=NOW)


def hand_over(offered: Offer) -> None:
    deciding.note_handover(number=offered.number, by=SYSTEM, at=NOW)


def exported(offered: Offer) -> IO[bytes]:
    return exporting.export(number=offered.number, by=SYSTEM, at=NOW)


def deleted(at: datetime = NOW) -> int:
    return delete_due(slug=SLUG, by=SYSTEM, at=at)[SLUG]


def test_nothing_goes_before_it_was_offered_and_answered(in_heideblick):
    first, second = over(), over(2020)
    assert deleted() == 0

    made = offer()
    assert (made.number, made.answer_by) == (1, ANSWER_BY)
    assert deleted() == 0

    answer(made, second.reference)
    assert deleted() == 1
    assert not Report.objects.filter(pk=first.pk).exists()

    hand_over(made)
    assert deleted() == 1
    assert dict(OfferedRecord.objects.values_list("key", "choice")) == {
        first.reference: Choice.RELEASED,
        second.reference: Choice.TAKEN,
    }


def test_without_an_answer_it_goes_after_the_deadline_and_not_a_day_earlier(in_heideblick):
    over()
    offer()
    assert deleted(AFTER - timedelta(days=1)) == 0
    assert deleted(AFTER) == 1


def test_what_was_never_offered_never_goes(in_heideblick):
    over()
    assert deleted(AFTER.replace(year=2040)) == 0


def test_what_is_held_is_neither_offered_nor_deleted(in_heideblick):
    held = over()
    hold(held, by=SYSTEM, until_on=date(2027, 1, 10), at=NOW)
    with pytest.raises(NothingToOffer):
        offer()

    offer(NOW.replace(year=2027, month=1, day=11))
    assert OfferedRecord.objects.get().key == held.reference


def test_held_after_it_was_released_it_stays(in_heideblick):
    report = over()
    answer(offer())
    hold(report, by=SYSTEM, until_on=date(2027, 1, 10), at=NOW)
    assert deleted() == 0


def test_the_night_offers_once_in_a_quarter(in_heideblick):
    over()
    assert [made.number for made in offering.offer_due(by=SYSTEM, at=NOW)] == [1]
    over(2020)
    assert offering.offer_due(by=SYSTEM, at=NOW + timedelta(days=80)) == []
    assert [made.number for made in offering.offer_due(by=SYSTEM, at=NOW + timedelta(days=95))] == [2]
    assert OfferedRecord.objects.count() == 2


def test_an_archive_that_does_without_is_asked_for_nothing(in_heideblick, heideblick):
    over()
    archive_does_without(heideblick)
    assert offering.offer_due(by=SYSTEM, at=NOW) == []
    with pytest.raises(NothingToOffer):
        offer()
    assert deleted() == 1
    row = AuditEntry.objects.get(action="privacy.offer.duty_changed")
    assert (row.changes["is_offered"], row.reason) == ([True, False], "Verzicht")


def test_the_neighbour_s_answer_frees_nothing_here(heideblick, luckau):
    with context.enter(heideblick):
        report = over()
        offer()
    with context.enter(luckau):
        over()
        made = offer()
        OfferedRecord.objects.create(
            offer=made, slug=SLUG, key=f"{report.reference}-x", subject="Akte", closed_at=NOW
        )
        answer(made)
    with context.enter(heideblick):
        assert deleted() == 0


def test_wrong_answers_are_refused_and_change_nothing(in_heideblick):
    report = over()
    made = offer()
    with pytest.raises(Invalid) as refused:
        answer(made, report.reference, "M-2019-9999")
    assert "M-2019-9999" in refused.value.fields["taken"]
    with pytest.raises(NothingTaken):
        hand_over(made)
    answer(made)
    with pytest.raises(AlreadyDecided):
        answer(made)
    with pytest.raises(NotFound):
        deciding.note_answer(number=99, taken=(), by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("changes", "field"), [({"months": 0}, "months"), ({"months": 25}, "months"), ({"reason": " "}, "reason")]
)
def test_a_duty_that_cannot_be_is_refused(in_heideblick, changes, field):
    values = {"slug": SLUG, "is_offered": True, "months": 6, "reason": "Schreiben", **changes}
    with pytest.raises(Invalid) as refused:
        duties.change_duty(**values, by=SYSTEM, at=NOW)
    assert field in refused.value.fields


def test_a_kind_nobody_can_show_cannot_be_offered(in_heideblick):
    with pytest.raises(Invalid):
        duties.change_duty(slug="public.feedback", is_offered=True, months=6, reason="x", by=SYSTEM, at=NOW)


def test_the_file_for_the_archive_is_whole_and_names_nobody(in_heideblick):
    photo = files.store_photo(upload=photo_upload(), owner="defects.draft:x", by=CITIZEN, at=NOW)
    report = over(
        email="erika@geheim.example", name="Erika Geheim", photos=(photo.pk,), description="=Laterne dunkel"
    )
    made = offer()

    with exported(made) as file, zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}

    sums = dict(line.split("  ")[::-1] for line in content.pop("sha256sums.txt").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
    assert sorted(content) == sorted(
        ["liste.csv", "anbietung.pdf", f"{report.reference}/angaben.json", f"{report.reference}/foto-1.jpg"]
    )
    fields = json.loads(content[f"{report.reference}/angaben.json"])["fields"]
    assert "=Laterne dunkel" in [field["text"] for field in fields]
    rows = list(csv.reader(io.StringIO(content["liste.csv"].decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Nummer", report.reference]
    with pikepdf.open(io.BytesIO(content["anbietung.pdf"])) as document, document.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
    everything = b"".join(data for name, data in content.items() if not name.endswith((".pdf", ".jpg")))
    assert b"Geheim" not in everything
    assert b"geheim.example" not in everything
    assert AuditEntry.objects.filter(action="privacy.offer.exported").exists()


def test_a_blackened_photo_goes_to_the_archive_as_it_is_shown(in_heideblick):
    shown, as_it_came = (
        files.store_photo(upload=photo_upload(), owner="defects.draft:x", by=CITIZEN, at=NOW)
        for _each in range(2)
    )
    report = over(photos=(as_it_came.pk,))
    ReportPhoto.objects.filter(report=report).update(redacted_file_id=shown.pk)
    report.refresh_from_db()
    made = offer()
    with exported(made) as file, zipfile.ZipFile(file) as archive:
        sent = archive.read(f"{report.reference}/foto-1.jpg")
    with files.open_photo(shown.pk, 1600) as expected:
        assert sent == expected.read()


def test_a_request_for_erasure_hears_that_the_archive_still_chooses(in_heideblick, monkeypatch):
    from verbund.kernel import clock

    monkeypatch.setattr(clock, "today", NOW.date)
    over(email="erika@geheim.example")
    (before,) = persons.found("erika@geheim.example")
    assert not before.kept_because
    made = offer()
    (during,) = persons.found("erika@geheim.example")
    assert "Archiv" in str(during.kept_because)
    answer(made)
    (after,) = persons.found("erika@geheim.example")
    assert not after.kept_because


def test_the_pages_from_the_list_to_the_handover(in_heideblick):
    from verbund.kernel import clock

    report = close_long_ago(make_report())
    client = signed_in("administrator", in_heideblick)
    at = "/verwaltung/datenschutz/archiv/"
    assert "Noch keine" in client.get(at).content.decode()
    made = client.post(f"{at}art/{SLUG}/anbieten/")
    assert made["Location"] == f"{at}1/"
    assert report.reference in client.get(f"{at}1/").content.decode()
    assert "wartet auf das Archiv" in client.get("/verwaltung/datenschutz/fristen/").content.decode()
    client.post(f"{at}1/", {"taken": [report.reference]})
    assert "Zu übergeben" in client.get(f"{at}1/").content.decode()
    client.post(f"{at}1/uebergeben/")
    assert "übergeben" in client.get(at).content.decode()
    assert delete_due(slug=SLUG, by=SYSTEM, at=clock.now())[SLUG] == 1
