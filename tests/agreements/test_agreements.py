# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions are published, signed on paper or agreed to online; nobody serves citizens without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import TestCase

from tenants import activation
from tenants.archive.records import Departure
from tests.factories.accounts import client_for, make_person
from tests.factories.agreements import PDF, make_version, pdf_upload, signed
from tests.factories.sessions import signed_in
from verbund.agreements import keeping, queries, store
from verbund.agreements.errors import (
    AlreadyRecorded,
    Damaged,
    NewerVersion,
    NotAPdf,
    NumberTaken,
    PdfTooLarge,
)
from verbund.agreements.models import SignedAgreement, Way
from verbund.agreements.queries import Standing
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid

OWN = "/verwaltung/auftragsverarbeitung/"
ALL = "/auftragsverarbeitung/"


def standing(municipality, today=None) -> Standing:
    with context.enter_association():
        return queries.position_of(municipality.number, today=today or clock.today()).standing


def test_example_municipalities_were_given_an_example(heideblick):
    with context.enter_association():
        (agreement,) = queries.agreements_of(heideblick.number)
        text = store.content_of(agreement.version.file_id, agreement.version.sha256)

    assert agreement.way == Way.EXAMPLE
    assert agreement.version.is_example
    assert text.startswith(b"%PDF-")


def test_without_an_agreement_nobody_goes_active(heideblick, luckau):
    with context.enter_association():
        SignedAgreement.objects.filter(tenant=heideblick.number).delete()

    (finding,) = activation.findings(heideblick)

    assert finding.code == "agreements_missing"
    assert "Konsole unter „Auftragsverarbeitung“" in finding.message
    with context.enter_association():
        signed(heideblick.number, make_version())
    assert activation.findings(heideblick) == []


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotAPdf),
        (b"<html>%PDF-1.7 startxref %%EOF", NotAPdf),
        (PDF[:40], NotAPdf),
        (b"PK\x03\x04" + PDF, NotAPdf),
        (PDF + b"0" * store.LARGEST_BYTES, PdfTooLarge),
    ],
    ids=["empty", "page", "cut off", "archive", "too large"],
)
def test_only_whole_pdfs_are_kept(in_association, content, error):
    with pytest.raises(error) as refused:
        make_version(content=content)

    assert "file" in refused.value.fields


def test_files_are_sealed_each_for_its_own_name(in_association):
    one, other = make_version(), make_version(content=PDF + b"\n")
    path = store._path(one.file_id)

    assert Path(settings.MEDIA_ROOT) / "association" in path.parents
    assert b"%PDF" not in path.read_bytes()
    assert store.content_of(one.file_id, one.sha256) == PDF
    path.write_bytes(store._path(other.file_id).read_bytes())
    with pytest.raises(Damaged):
        store.content_of(one.file_id, one.sha256)


def test_a_refused_version_leaves_no_file(in_association):
    make_version(number="7")
    before = set((Path(settings.MEDIA_ROOT) / "association").rglob("*.sealed"))

    with pytest.raises(NumberTaken):
        make_version(number="7")

    assert set((Path(settings.MEDIA_ROOT) / "association").rglob("*.sealed")) == before


def test_names_of_signatories_are_not_readable_in_the_database(in_association, heideblick):
    from django.db import connection

    signed(heideblick.number, make_version(), signed_by="Zacharias Zeuge")
    with connection.cursor() as cursor:
        cursor.execute("SELECT signed_by::text FROM agreements_signedagreement")
        assert all(bytes("Zacharias", "utf-8").hex() not in row[0] for row in cursor.fetchall())


def test_standing_follows_versions_and_deadlines(heideblick):
    assert standing(heideblick) == Standing.CURRENT
    with context.enter_association():
        version = make_version(deadline_days=10)

    assert standing(heideblick) == Standing.OPEN
    assert standing(heideblick, version.due_on) == Standing.OPEN
    assert standing(heideblick, version.due_on + timedelta(days=1)) == Standing.OVERDUE
    with context.enter_association():
        signed(heideblick.number, version)
    assert standing(heideblick, version.due_on + timedelta(days=1)) == Standing.CURRENT


def test_versions_move_forward_only(in_association):
    make_version()
    for wrong in (
        {"published_on": clock.today() + timedelta(days=1)},
        {"published_on": clock.today() - timedelta(days=400)},
        {"deadline_days": 0},
        {"number": " "},
    ):
        with pytest.raises(Invalid) as refused:
            make_version(**wrong)
        assert wrong.keys() == refused.value.fields.keys()


def test_an_agreement_is_recorded_once(in_association, heideblick):
    version = make_version()
    signed(heideblick.number, version)

    with pytest.raises(AlreadyRecorded):
        signed(heideblick.number, version)


def test_administration_agrees_and_both_records_say_so(heideblick):
    with context.enter_association():
        version = make_version()
    client = signed_in("administrator", heideblick, name="Ada Amtmann")
    notice = client.get(OWN.replace("auftragsverarbeitung/", "")).content.decode()
    assert "Neue Fassung der Vereinbarung zur Auftragsverarbeitung" in notice

    path = f"{OWN}zustimmen/{version.pk}/"
    assert client.get(f"{OWN}fassungen/{version.pk}/fassung.pdf").content == PDF
    answer = client.post(path, {"name": "ada  amtmann", "function": "Amtsleiterin", "is_read": "on"})

    assert answer.status_code == 302, answer.content.decode()
    assert standing(heideblick) == Standing.CURRENT
    with context.enter_association():
        agreement = SignedAgreement.objects.get(tenant=heideblick.number, version=version)
        assert (agreement.way, agreement.signed_by) == (Way.ONLINE, "ada  amtmann")
        row = AuditEntry.objects.get(action="agreements.agreement.recorded", changes__way="ONLINE")
        assert row.actor_kind == "system"
        assert row.acting_for == f"{heideblick.key} person:{client.person.pk}"
    with context.enter(heideblick):
        row = AuditEntry.objects.get(action="agreements.agreement.agreed")
        assert row.actor_id == str(client.person.pk)
    assert "Neue Fassung der" not in client.get("/verwaltung/").content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Otto Anders", "function": "Amtsleiter", "is_read": "on"}, "name"),
        ({"name": "Ada Amtmann", "function": "", "is_read": "on"}, "function"),
        ({"name": "Ada Amtmann", "function": "Amtsleiterin"}, "is_read"),
    ],
)
def test_consent_is_explicit(heideblick, values, field):
    with context.enter_association():
        version = make_version()
    client = signed_in("administrator", heideblick, name="Ada Amtmann")

    answer = client.post(f"{OWN}zustimmen/{version.pk}/", values)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert standing(heideblick) == Standing.OPEN


def test_consent_asks_for_the_factor_again(heideblick):
    with context.enter_association():
        version = make_version()
    with context.enter(heideblick):
        person = make_person("administrator", name="Ada Amtmann")
        TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = client_for(person, heideblick)  # signed in, but not confirmed a moment ago

    answer = client.post(
        f"{OWN}zustimmen/{version.pk}/", {"name": "Ada Amtmann", "function": "x", "is_read": "on"}
    )

    assert answer["Location"].startswith("/konto/bestaetigen/")
    assert standing(heideblick) == Standing.OPEN


def test_what_was_not_the_newest_is_not_agreed_to(heideblick):
    from verbund.accounts.api import actor_for
    from verbund.agreements.consent import agree

    with context.enter_association():
        old = make_version()
        make_version()
    person = signed_in("administrator", heideblick, name="Ada Amtmann").person
    with context.enter(heideblick), pytest.raises(NewerVersion):
        agree(version_id=old.pk, name="Ada Amtmann", function="x", by=actor_for(person), at=clock.now())


def test_another_members_signed_file_does_not_exist_here(heideblick, luckau):
    with context.enter_association():
        agreement = signed(luckau.number, make_version(), content=PDF + b"\n")
    owner, tempted = signed_in("administrator", luckau), signed_in("administrator", heideblick)

    assert owner.get(f"{OWN}{agreement.pk}/vereinbarung.pdf").content == PDF + b"\n"
    assert tempted.get(f"{OWN}{agreement.pk}/vereinbarung.pdf").status_code == 404
    assert "Berta Bürgermeister" in owner.get(OWN).content.decode()
    assert "Berta Bürgermeister" not in tempted.get(OWN).content.decode()


def test_clerks_neither_read_nor_agree(heideblick):
    with context.enter_association():
        version = make_version()
    client = signed_in("clerk", heideblick)

    assert client.get(OWN).status_code == 403
    assert client.post(f"{OWN}zustimmen/{version.pk}/", {}).status_code == 403
    assert "Neue Fassung der" not in client.get("/verwaltung/").content.decode()


def test_operator_publishes_records_and_sees_who_is_missing(heideblick, luckau):
    client = signed_in("operator")
    today = clock.today()
    given = {"number": "2", "published_on": f"{today:%d.%m.%Y}", "deadline_days": "14", "file": pdf_upload()}
    assert client.post(f"{ALL}neue-fassung/", given).status_code == 302
    version_id = client.get(ALL).context["versions"][0].pk
    values = {
        "version": str(version_id),
        "signed_on": f"{today:%d.%m.%Y}",
        "signed_by": "Berta Bürgermeister",
        "signed_function": "Bürgermeisterin",
    }

    answer = client.post(f"{ALL}kommunen/heideblick/hinterlegen/", {**values, "file": pdf_upload()})

    assert answer.status_code == 302
    by_slug = {row["member"].slug: row["position"].standing for row in client.get(ALL).context["page"]}
    assert (by_slug["heideblick"], by_slug["luckau"]) == (Standing.CURRENT, Standing.OPEN)
    assert [row["member"].slug for row in client.get(f"{ALL}?stand=offen").context["page"]] == ["luckau"]
    with context.enter_association():
        agreement = SignedAgreement.objects.get(tenant=heideblick.number, version_id=version_id)
    assert client.get(f"{ALL}kommunen/heideblick/{agreement.pk}/vereinbarung.pdf").content == PDF
    assert client.get(f"{ALL}kommunen/luckau/{agreement.pk}/vereinbarung.pdf").status_code == 404


def test_a_wrong_file_is_refused_at_its_field(heideblick):
    client = signed_in("operator")
    given = {"number": "2", "published_on": "01.11.2026", "deadline_days": "14"}

    answer = client.post(f"{ALL}neue-fassung/", {**given, "file": pdf_upload(b"<html>", "brief.pdf")})

    assert answer.status_code == 422
    assert "kein vollständiges PDF" in answer.content.decode()
    assert 'name="number" value="2"' in answer.content.decode()


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_others_of_the_association_only_read(heideblick, role):
    client = signed_in(role)

    assert client.get(ALL).status_code == 200
    assert client.get(f"{ALL}kommunen/heideblick/").status_code == 200
    assert client.get(f"{ALL}neue-fassung/").status_code == 403
    assert client.post(f"{ALL}kommunen/heideblick/hinterlegen/", {}).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_overview_takes_a_fixed_number_of_queries(heideblick, django_assert_num_queries, more):
    with context.enter_association():
        for _ in range(more):
            make_version()
    client = signed_in("operator")
    client.get(ALL)  # what the footer shows is kept for a while

    with django_assert_num_queries(7):
        client.get(ALL)


def _left(municipality, finished_at) -> None:
    """The member's departure ended then."""
    Departure.objects.create(
        tenant_id=municipality.number,
        slug=municipality.slug,
        name=municipality.name,
        reason="Gebietsreform",
        requested_by="test",
        requested_at=finished_at,
        finished_at=finished_at,
    )


@pytest.mark.parametrize(
    ("today", "is_kept"), [((2029, 12, 31, 23), True), ((2030, 1, 1, 1), False), ((2028, 2, 29, 12), True)]
)
def test_agreements_go_three_years_after_the_year_of_leaving(heideblick, luckau, today, is_kept):
    with context.enter_association():
        version = make_version()
        gone, stays = signed(luckau.number, version), signed(heideblick.number, version)
        _left(luckau, datetime(2026, 3, 31, 10, tzinfo=UTC))

        with TestCase.captureOnCommitCallbacks(execute=True):
            keeping.delete_old(by=SYSTEM, at=datetime(*today, tzinfo=UTC))

        left = set(SignedAgreement.objects.filter(version=version).values_list("tenant", flat=True))
        assert left == {heideblick.number, *([luckau.number] if is_kept else [])}
        assert store.content_of(stays.file_id, stays.sha256) == PDF
        assert store.content_of(version.file_id, version.sha256) == PDF
        if is_kept:
            assert store.content_of(gone.file_id, gone.sha256) == PDF
        else:
            with pytest.raises(Damaged):
                store.content_of(gone.file_id, gone.sha256)
            assert AuditEntry.objects.filter(action="agreements.agreement.deleted").count() == 1
