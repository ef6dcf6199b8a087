# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How reports come in: numbered, confirmed, forgotten when nobody confirms."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories.defects import make_report, new_report, photo_upload
from verbund.files import api as files
from verbund.files.models import StoredFile
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.metering.facts.models import Fact
from verbund.modules.defects import drafting, reporting
from verbund.modules.defects.errors import LinkSpent, OutsideArea, TooManyUnconfirmed, UnknownCategory
from verbund.modules.defects.models import Category, DefectsSettings, Draft, Report, Reporter
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def secret_of(report: Report) -> str:
    mail = Outbox.objects.get(kind="defects/confirm", reference=f"defects.report:{report.pk}")
    return re.search(r"/bestaetigen/([^/]+)/", mail.text or "")[1]


def test_references_count_up_within_a_year_and_start_anew(in_heideblick):
    last_year = DAY.replace(year=2025)
    made = [make_report(at=at) for at in (DAY, DAY, last_year, DAY)]

    assert [report.reference for report in made] == [
        "M-2026-0001",
        "M-2026-0002",
        "M-2025-0001",
        "M-2026-0003",
    ]


def test_each_municipality_counts_for_itself(heideblick, luckau):
    references = []
    for municipality in (heideblick, luckau):
        with context.enter(municipality):
            references.append(make_report(at=DAY).reference)
    assert references == ["M-2026-0001"] * 2


def test_new_year_begins_in_berlin(in_heideblick):
    assert make_report(at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).reference == "M-2027-0001"


def test_the_first_answer_is_due_after_three_working_days_or_as_promised(in_heideblick):
    assert make_report(at=DAY).answer_due_on.isoformat() == "2026-11-25"
    DefectsSettings.objects.create(answer_working_days=5)
    assert make_report(at=DAY).answer_due_on.isoformat() == "2026-11-27"


def test_nothing_is_taken_outside_the_municipality(in_heideblick):
    with pytest.raises(OutsideArea) as refused:
        make_report(latitude=52.52, longitude=13.4)
    assert "address" in refused.value.fields
    assert Report.objects.count() == 0


def test_a_closed_category_takes_nothing(in_heideblick):
    Category.objects.update(is_active=False)
    with pytest.raises(UnknownCategory):
        make_report()


def test_an_unconfirmed_report_is_not_counted_and_not_told_to_the_office(in_heideblick):
    report = make_report(email="ada@example.org")

    assert report.state == State.UNCONFIRMED
    assert Fact.objects.filter(meter="defects.reports").count() == 0
    assert not Outbox.objects.filter(kind="defects/office").exists()


def test_confirming_twice_receives_once(in_heideblick):
    report = make_report(email="ada@example.org")
    secret = secret_of(report)

    for _again in range(2):
        assert reporting.confirm_report(secret=secret, at=clock.now()).state == State.RECEIVED

    assert Fact.objects.filter(meter="defects.reports").count() == 1
    assert Outbox.objects.filter(kind="defects/office").count() == 1


@pytest.mark.parametrize("hours", [49, 500])
def test_a_late_link_is_spent(in_heideblick, hours):
    report = make_report(email="ada@example.org")

    with pytest.raises(LinkSpent):
        reporting.confirm_report(secret=secret_of(report), at=clock.now() + timedelta(hours=hours))


def test_a_link_of_the_neighbour_is_unknown_here(heideblick, luckau):
    with context.enter(heideblick):
        secret = secret_of(make_report(email="ada@example.org"))
    with context.enter(luckau), pytest.raises(LinkSpent):
        reporting.confirm_report(secret=secret, at=clock.now())


def test_unconfirmed_reports_are_deleted_after_two_days_with_their_photos(in_heideblick, tmp_path):
    photo = files.store_photo(upload=photo_upload(), owner="defects.draft:x", by=CITIZEN, at=clock.now())
    old = make_report(email="ada@example.org", photos=(photo.pk,), at=clock.now() - timedelta(hours=49))
    young = make_report(email="bob@example.org", at=clock.now() - timedelta(hours=47))
    received = make_report(at=clock.now() - timedelta(days=9))

    assert reporting.delete_unconfirmed(at=clock.now()) == 1

    assert set(Report.objects.all()) == {young, received}
    assert not StoredFile.objects.exists()
    assert old.pk not in Reporter.objects.values_list("pk", flat=True)


def test_who_reported_is_unreadable_in_the_database(in_heideblick):
    report = make_report(name="Ada Lovelace", email="ada@example.org", phone="0151 234567")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email, phone FROM defects_reporter")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for secret in (b"Ada", b"Lovelace", b"ada@example.org", b"0151"):
        assert secret not in stored
    assert Reporter.objects.get(report=report).name == "Ada Lovelace"


def test_a_draft_is_unreadable_in_the_database_and_ends_as_a_report(in_heideblick):
    new = new_report()
    draft_id = drafting.keep_draft(
        draft_id=None,
        by=CITIZEN,
        at=clock.now(),
        latitude=new.latitude,
        longitude=new.longitude,
        address=new.address,
        category=new.category,
        name="Ada Lovelace",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM defects_draft")
        assert b"Lovelace" not in bytes(cursor.fetchone()[0])

    report = drafting.submit_draft(draft_id=draft_id, by=CITIZEN, at=clock.now())

    assert report.reporter.name == "Ada Lovelace"
    assert not Draft.objects.exists()


def test_old_drafts_are_forgotten_with_their_photos(in_heideblick):
    long_ago = clock.now() - timedelta(days=2)
    draft_id = drafting.keep_draft(draft_id=None, by=CITIZEN, at=long_ago, name="Ada")
    drafting.add_photos(draft_id=draft_id, uploads=[photo_upload()], by=CITIZEN, at=long_ago)

    assert drafting.discard_old_drafts(at=clock.now()) == 1

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_responsible_mailbox_is_the_categorys_then_the_municipalitys(in_heideblick):
    DefectsSettings.objects.create(mailbox="maengel@heideblick.example")
    Category.objects.filter(code="playground").update(mailbox="bauhof@heideblick.example")

    make_report()
    make_report(category="playground")

    told = [mail.recipient for mail in Outbox.objects.filter(kind="defects/office").order_by("pk")]
    assert told == ["maengel@heideblick.example", "bauhof@heideblick.example"]


def test_nobody_is_flooded_with_links_to_confirm(in_heideblick, luckau):
    for spelling in ("opfer@x.example", "Opfer@x.example"):
        for _number in range(reporting.MOST_UNCONFIRMED):
            with suppress(TooManyUnconfirmed):
                make_report(email=spelling, at=DAY)

    assert Outbox.objects.filter(kind="defects/confirm").count() == reporting.MOST_UNCONFIRMED
    assert make_report(email="andere@x.example", at=DAY).state == State.UNCONFIRMED
    assert make_report(email="opfer@x.example", at=DAY + timedelta(hours=49)).state == State.UNCONFIRMED


def test_whoever_confirms_may_go_on(in_heideblick):
    for _number in range(reporting.MOST_UNCONFIRMED + 2):
        report = make_report(email="fleissig@x.example", at=DAY)
        reporting.confirm_report(secret=secret_of(report), at=DAY)
