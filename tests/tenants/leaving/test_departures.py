# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who leaves gets its archive, and then nothing of it is found: no row, file, key, role, message or right."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tenants import directory
from tenants.archive import folders, receivers
from tenants.archive.opening import open_archive
from tenants.leaving import departures, steps
from tenants.models import Departure, Host, Tenant
from tenants.states import State
from tests.factories import defects
from tests.tenants.archive.test_export_and_restore import CANARY, fill
from verbund.jobs import queue
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.kernel.ports import StepContext
from verbund.metering.models import UsageCounter
from verbund.notify.tasks import deliver
from verbund.vault import process

pytestmark = [pytest.mark.django_db(transaction=True)]


# A town of the demo: its outline is known, so that something can be reported there.
OPTIONS = (
    "onboard", "--slug", "wildau", "--name", "Wildau", "--kind", "stadt", "--body", "12061540:Wildau",
    "--host", "wildau.localhost", "--admin-email", "it@wildau.example",
)  # fmt: skip


@pytest.fixture
def wildau(cli, db):
    """Who leaves takes key and rights in Vault with it, which the two others share with every test."""
    assert cli(*OPTIONS).returncode == 0
    found = directory.by_slug("wildau")
    assert found is not None
    return found


def ask(town, *, confirmation: str = "luckau", reason: str = "Austritt zum Jahresende"):
    return departures.request_departure(
        number=town.number, confirmation=confirmation, reason=reason, by=SYSTEM, at=clock.now()
    )


@pytest.mark.parametrize(
    ("confirmation", "reason"), [("Luckau", "Austritt"), ("", "Austritt"), ("luckau", " ")]
)
def test_without_the_slug_and_a_reason_nothing_begins(luckau, confirmation: str, reason: str):
    with pytest.raises(Invalid):
        ask(luckau, confirmation=confirmation, reason=reason)

    assert directory.by_slug("luckau") is not None
    with context.enter_association():
        assert not Departure.objects.exists()


def test_who_asks_to_leave_serves_nobody_from_then_on(luckau):
    ask(luckau)

    assert Client().get("/", HTTP_HOST="luckau.localhost").status_code == 404
    assert directory.by_slug("luckau") is None


def test_steps_cannot_be_taken_back(luckau):
    with pytest.raises(steps.CannotBeTakenBack):
        steps.never(StepContext(municipality=luckau, at=clock.now()))


def test_afterwards_nothing_is_found_and_an_old_dump_is_unreadable(  # noqa: PLR0915 (one story, looked at from every side)
    cli, services, heideblick, wildau, tmp_path: Path
):
    fill(wildau, CANARY)
    with context.enter(wildau):
        defects.make_report()  # without an address to confirm: counted at once
    fill(heideblick, CANARY)
    pair, out = tmp_path / "stadt", tmp_path / "wildau.verbund"
    pem = receivers.new_private_pem()
    pair.write_text(receivers.public_pem(receivers.private_key(pem)))
    with context.enter(wildau), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM defects_reporter")
        ((old_ciphertext,),) = cursor.fetchall()
        cursor.execute("SELECT wrapped FROM vault_datakey WHERE kind = 'SEAL'")
        ((old_wrapped,),) = cursor.fetchall()
        deliver.apply_async([1])  # a message that waits
    assert queue.waiting_of(wildau.key) > 0
    assert cli("tenants", "backup", "--slug", "wildau").returncode == 0

    done = cli(
        "tenants", "offboard", "--slug", "wildau", "--confirm", "wildau", "--reason", "Austritt", "--for", str(pair),
        "--out", str(out), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    early = cli("tenants", "offboard", "--slug", "wildau", "--go-on")
    assert "Schonfrist" in early.stderr
    process.forget()
    held = process.holdings()
    # At once: no key, no right, and the schema out of reach; the backup of last night opens no more.
    with pytest.raises(Exception, match=r"vernichtet|verweigert"):
        held.store_of(wildau.key).unwrap(wildau.key, old_wrapped)
    (backup,) = folders.backup_folder(wildau.key).iterdir()
    refusal = cli("tenants", "open-archive", str(backup))
    assert "anderen Empfänger" in refusal.stderr
    with context.enter_association():
        Departure.objects.update(drop_after=clock.now() - timedelta(days=1))
    done = cli("tenants", "offboard", "--slug", "wildau", "--go-on", "--json")
    assert done.returncode == 0, done.stdout + done.stderr

    # Looked for from outside, past our own counting.
    dsn = psycopg.conninfo.make_conninfo(services.superuser_dsn, dbname=connection.settings_dict["NAME"])
    with psycopg.connect(dsn) as admin:
        assert (
            admin.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [f"%{wildau.key}%"]
            ).fetchall()
            == []
        )
        assert admin.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s",
            [heideblick.key],
        ).fetchone() > (0,)
    assert list((Path(settings.MEDIA_ROOT)).glob(f"{wildau.key}/**/*")) == []
    assert list(folders.backup_folder(wildau.key).glob("*")) == []
    assert queue.waiting_of(wildau.key) == 0
    with context.enter_association():
        tenant = Tenant.objects.get(pk=wildau.number)
        assert (tenant.state, tenant.slug) == (State.ARCHIVED, f"m-{wildau.number:06d}")
        assert not Host.objects.filter(tenant=tenant).exists()
        assert {job.kind for job in Job.objects.filter(subject=wildau.key)} == {
            departures.SHUT_KIND,
            departures.REMOVE_KIND,
        }
        assert set(JobStep.objects.filter(job__subject=wildau.key).values_list("state", flat=True)) == {
            "DONE"
        }
        assert UsageCounter.objects.filter(tenant=wildau.number).exists()  # what was used stays counted
        departure = Departure.objects.get()
        record = pikepdf.open(io.BytesIO(bytes(departure.record_pdf)))
    with record.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
    # The archive is the municipality's alone, and whole.
    manifest = open_archive(out, private=receivers.private_key(pem), target=tmp_path / "auf")
    assert manifest.source["slug"] == "wildau"
    assert CANARY in (tmp_path / "auf/readable/defects_reporter.csv").read_text("utf-8-sig")
    assert CANARY.encode() not in bytes(old_ciphertext)
    with context.enter(heideblick), connection.cursor() as cursor:  # the neighbour did not notice
        cursor.execute("SELECT count(*) FROM defects_reporter")
        assert cursor.fetchone() == (1,)
    shown = json.loads(cli("tenants", "deletion-record", "--slug", "wildau", "--json").stdout)
    assert {found for _place, found in shown["searched"]} == {"0"}
