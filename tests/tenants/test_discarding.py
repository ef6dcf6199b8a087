# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""An onboarding that never served anybody is taken back without a trace, and nothing else ever is."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tenants.discarding import request_discard
from tenants.models import Body, Host, Tenant
from tenants.onboarding import retry
from tenants.states import State
from tests.factories.onboarding import EICHWALDE, ZEUTHEN, failed_at, requested
from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict
from verbund.vault import process
from verbund.vault.process import Config

OPTIONS = (
    "onboard", "--slug", "bernau", "--name", "Bernau bei Berlin", "--kind", "stadt", "--body", "12060020:Bernau bei Berlin",
    "--host", "bernau.localhost", "--admin-email", "it@bernau.example",
)  # fmt: skip


def left_of(key: str, services) -> list[str]:
    """Everything that still bears the name of a municipality."""
    with psycopg.connect(services.superuser_dsn, dbname=settings.DATABASES["default"]["NAME"]) as admin:
        found = admin.execute(
            "SELECT 'role' FROM pg_roles WHERE rolname = %s UNION SELECT 'schema' FROM pg_namespace WHERE nspname = %s",
            [key, key],
        ).fetchall()
    left = [name for (name,) in found]
    credentials = Path(services.cli["VERBUND_VAULT_CREDENTIALS"])
    vault = process.connect(Config(address=services.cli["VERBUND_VAULT_ADDR"], credentials=credentials))
    left += ["transit key"] if vault.own.has_key(key) else []
    left += ["policy"] if vault.rules.is_granted(key) else []
    left += ["secrets"] if vault.own.names(f"tenants/{key}") else []
    return left + (["files"] if (Path(settings.MEDIA_ROOT) / key).exists() else [])


@pytest.mark.django_db(transaction=True)
def test_discarded_onboarding_leaves_nothing_and_frees_everything(cli, services):
    assert cli(*OPTIONS, "--profile", "standard").returncode == 1, "stops before the doors open"
    with context.enter_association():
        tenant = Tenant.objects.get(slug="bernau")
    assert set(left_of(tenant.key, services)) >= {"role", "schema", "transit key", "policy", "files"}
    assert "Impressum" in tenant.state_message

    done = cli("onboard", "--discard", "bernau", "--json")

    assert done.returncode == 0, done.stderr
    assert {step["state"] for step in json.loads(done.stdout)["steps"]} == {"DONE"}
    assert left_of(tenant.key, services) == []
    with context.enter_association():
        assert not Tenant.objects.filter(slug="bernau").exists()
        assert not Host.objects.filter(domain="bernau.localhost").exists()
        assert not Body.objects.filter(ags="12060020").exists()
        entry = AuditEntry.objects.get(action="tenants.tenant.discarded")
        assert entry.changes["hosts"] == ["bernau.localhost"]
    again = cli(*OPTIONS, "--dry-run")
    assert again.returncode == 0, again.stderr


@pytest.mark.django_db(transaction=True)
def test_what_never_began_needs_no_undoing_and_a_stopped_one_goes_on(cli, services):
    requested(**ZEUTHEN)
    stopped = requested(**EICHWALDE)
    failed_at(stopped, "database", "Der Speicher ist voll.")

    assert cli("onboard", "--discard", "zeuthen").returncode == 0
    resumed = cli("onboard", "--retry", "eichwalde", "--json")

    with context.enter_association():
        assert not Tenant.objects.filter(slug="zeuthen").exists()
    assert json.loads(resumed.stdout)["municipalities"][0]["state"] == "ACTIVE", resumed.stderr


def test_who_has_served_is_not_discarded(heideblick):
    with pytest.raises(Conflict, match="scheidet aus"):
        request_discard(number=heideblick.number, by=SYSTEM, at=clock.now())


def test_running_onboarding_is_not_pulled_away(db):
    job = requested(**ZEUTHEN)
    with context.enter_association():
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=clock.now())
        Tenant.objects.filter(slug="zeuthen").update(state=State.PROVISIONING)
        number = Tenant.objects.get(slug="zeuthen").pk

    with pytest.raises(Conflict, match="läuft gerade"):
        request_discard(number=number, by=SYSTEM, at=clock.now())


def test_discarding_and_trying_again_exclude_each_other(db):
    job = failed_at(requested(**ZEUTHEN), "activation", "Noch nicht bereit.")
    with context.enter_association():
        number = Tenant.objects.get(slug="zeuthen").pk
        asked = request_discard(number=number, by=SYSTEM, at=clock.now())

        with pytest.raises(Conflict):
            retry(job.pk, by=SYSTEM, at=clock.now())
        assert request_discard(number=number, by=SYSTEM, at=clock.now()).pk == asked.pk


def test_operator_discards_in_the_console_and_watches(db, django_capture_on_commit_callbacks):
    failed_at(requested(**ZEUTHEN), "activation", "Noch nicht bereit: „Impressum“ ist leer.")
    client = signed_in("operator")
    assert "/kommunen/zeuthen/verwerfen/" in client.get("/kommunen/zeuthen/einrichtung/").content.decode()

    with django_capture_on_commit_callbacks() as waking:
        answer = client.post("/kommunen/zeuthen/verwerfen/", {"reason": "Doppelt", "confirmation": "zeuthen"})

    assert waking
    page = client.get(answer["Location"]).content.decode()
    assert "Zeuthen verwerfen" in page
    assert page.count("vb-steps__step--waiting") > 5
    fragment = client.get(f"{answer['Location']}stand/")
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    with context.enter_association():
        Job.objects.filter(kind="tenants.discard").update(state=JobState.DONE)
        Tenant.objects.filter(slug="zeuthen").update(slug="weg")
    assert client.get(f"{answer['Location']}stand/").status_code == 286
    assert client.get(answer["Location"]).status_code == 200, "the job outlives the member"
