# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Doctor finds what is wrong, says where it is mended, and mends nothing."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tenants import directory, doctor
from tenants.models import DoctorReport, Host, Tenant
from tests.factories.defects import photo_upload
from tests.factories.sessions import signed_in
from verbund.files import api as files
from verbund.files import storage
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.metering.facts.models import Fact
from verbund.notify.models import Outbox
from verbund.public.kinds import PageKind
from verbund.public.models import LegalPage


@pytest.fixture(autouse=True)
def asks_anew(settings, tmp_path, heideblick):
    settings.MEDIA_ROOT = tmp_path  # the run's own holds files of transactions that were rolled back
    storage.make_folder(heideblick.key)
    directory.forget()
    yield
    directory.forget()


def found(municipality, check):
    health = doctor.examine(municipality)
    return [finding.code for each in health.checks if each.name == check for finding in each.findings]


def test_a_fresh_municipality_is_well_and_nothing_is_written(heideblick, luckau):
    health = doctor.examine(heideblick)

    assert health.level == "ok", [f for check in health.checks for f in check.findings if f.level != "ok"]
    assert {check.name for check in health.checks} >= {
        "schema", "hosts", "keys", "files", "legal_pages", "mail", "jobs", "facts", "audit",
    }  # fmt: skip
    with context.enter_association():
        assert not DoctorReport.objects.exists()


def test_schema_that_was_left_behind(heideblick):
    with context.enter_association():
        Tenant.objects.filter(pk=heideblick.number).update(schema_fingerprint="alt")
    assert found(heideblick, "schema") == ["schema_behind"]


def test_hosts_that_lead_nowhere(heideblick):
    with context.enter_association():
        Host.objects.filter(tenant_id=heideblick.number).update(is_primary=False)
    assert "no_primary_host" in found(heideblick, "hosts")


def test_lost_and_orphaned_files(in_heideblick):
    with transaction.atomic():
        stored = files.store_photo(upload=photo_upload(), owner="test:1", by=SYSTEM, at=clock.now())
    assert found(in_heideblick, "files") == ["files"]

    storage.remove(stored.pk)
    assert found(in_heideblick, "files") == ["file_missing"]

    files.delete_files(file_ids=[stored.pk], by=SYSTEM, at=clock.now())
    orphan = storage.folder(in_heideblick.key) / "ab" / f"{stored.pk}-1600.jpg"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    assert found(in_heideblick, "files") == ["files"], "it may belong to a transaction that is not done"
    os.utime(orphan, (0, 0))
    assert found(in_heideblick, "files") == ["file_orphaned"]


def test_mail_that_waits_or_failed(in_heideblick):
    long_ago = clock.now() - timedelta(hours=2)
    mail = Outbox.objects.create(kind="test", queued_at=long_ago, next_try_at=long_ago)
    assert found(in_heideblick, "mail") == ["mail_waiting"]

    Outbox.objects.filter(pk=mail.pk).update(state="FAILED")
    assert found(in_heideblick, "mail") == ["mail_failed"]


def test_jobs_of_this_municipality_alone(heideblick, luckau):
    def job(key, **values):
        with context.enter_association():
            Job.objects.create(kind="test", subject=key, title="Probe", created_at=clock.now(), **values)

    job(luckau.key, state="FAILED")
    assert found(heideblick, "jobs") == ["jobs"]

    job(heideblick.key, state="FAILED")
    assert found(heideblick, "jobs") == ["job_failed"]

    job(heideblick.key, state="RUNNING", heartbeat_at=clock.now() - timedelta(hours=1))
    assert found(heideblick, "jobs") == ["job_stuck"]


@pytest.mark.parametrize(("hours", "level"), [(0, "ok"), (1, "warning"), (30, "error")])
def test_facts_that_wait(in_heideblick, hours, level):
    then = clock.now() - timedelta(hours=hours)
    Fact.objects.create(meter="mail.sent", quantity=1, occurred_at=then, recorded_at=then)

    (check,) = [each for each in doctor.examine(in_heideblick).checks if each.name == "facts"]
    assert check.level == level


def test_legal_page_that_was_taken_back(in_heideblick):
    LegalPage.objects.filter(kind=PageKind.IMPRESSUM).update(body="")

    assert found(in_heideblick, "legal_pages") == ["public_impressum_missing"]


def test_check_that_breaks_or_hangs_is_a_finding_and_the_others_go_on(heideblick, monkeypatch):
    def hang(_municipality):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")
        return []

    def quote(_municipality):
        raise RuntimeError("Erika Mustermann")

    monkeypatch.setattr(doctor, "STATEMENT_SECONDS", 1)
    broken = {"verbund.audit.checks:look_at_chain": hang, "verbund.public.checks:look_at_legal_pages": quote}
    load = doctor.registry.load
    monkeypatch.setattr(doctor.registry, "load", lambda dotted: broken.get(dotted) or load(dotted))

    health = doctor.examine(heideblick)

    levels = {check.name: check.level for check in health.checks}
    assert levels == {**dict.fromkeys(levels, "ok"), "audit": "error", "legal_pages": "error"}
    texts = " ".join(finding.message for check in health.checks for finding in check.findings)
    assert "Erika" not in texts, "an error may quote data"


def test_console_shows_it_and_the_overview_remembers(heideblick):
    with context.enter(heideblick):
        long_ago = clock.now() - timedelta(hours=2)
        Outbox.objects.create(kind="test", queued_at=long_ago, next_try_at=long_ago)
    client = signed_in("auditor")

    page = client.get("/kommunen/heideblick/pruefung/").content.decode()
    assert "E-Mails warten auf den Versand" in page
    assert "E-Mails warten" not in client.get("/").content.decode()

    doctor.examine_and_note(heideblick)
    assert "E-Mails warten auf den Versand" in client.get("/").content.decode()
