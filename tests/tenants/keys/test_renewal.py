# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New keys for a municipality while its pages go on, resumable at every step, and nothing that old keys open is left."""

from __future__ import annotations

import base64
import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from tenants.keys import renewal
from tests.factories import defects
from verbund.accounts.mfa import PURPOSE
from verbund.accounts.services.people import create_person
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Conflict, NotFound
from verbund.modules.defects.models import Reporter
from verbund.vault import api, envelope, keyring, process, reencryption, rotation
from verbund.vault.errors import RewrapIncomplete, VaultRefused
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import Holdings
from verbund.vault.store import KeyVersions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("provisioner")]
SLUG = "heideblick"


@pytest.fixture(autouse=True)
def settled(heideblick: Municipality, provisioner: Holdings) -> None:
    """No rotation is under way: the database is a fresh copy, the keys in Vault have seen other tests."""
    with context.enter(heideblick):
        rotation.rewrap_data_keys()
        rotation.close_older_versions()


def request(*, with_data: bool = False, slug: str = SLUG) -> Job:
    with context.enter_association():
        return renewal.request_renewal(slug=slug, with_data=with_data, by=SYSTEM, at=clock.now())


def states(job: Job) -> dict[str, str]:
    with context.enter_association():
        return dict(JobStep.objects.filter(job=job).values_list("name", "state"))


def wrapped(municipality: Municipality) -> list[str]:
    with context.enter(municipality):
        return list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True))


def versions(held: Holdings, municipality: Municipality) -> KeyVersions:
    return held.own.key_versions(municipality.key)


def make_report() -> None:
    defects.make_report(name="Ada Lovelace", email="ada@example.org")


def test_a_renewal_wraps_every_data_key_anew_and_closes_the_old_version(
    heideblick: Municipality, provisioner: Holdings
):
    with context.enter(heideblick):
        make_report()
    before, old = versions(provisioner, heideblick), wrapped(heideblick)
    job = request()

    assert renewal.run_renewal(job.pk)

    after = versions(provisioner, heideblick)
    assert (after.newest, after.oldest_usable) == (before.newest + 1, before.newest + 1)
    assert [text.split(":")[1] for text in wrapped(heideblick)] == [f"v{after.newest}"] * len(old)
    with pytest.raises(VaultRefused):
        provisioner.store_of(heideblick.key).unwrap(heideblick.key, old[0])
    process.forget()
    with context.enter(heideblick):
        assert Reporter.objects.get().name == "Ada Lovelace"
        noted = AuditEntry.objects.filter(subject=f"vault.key:{heideblick.key}")
        assert [entry.action for entry in noted] == ["vault.keys.renewed"]
    assert set(states(job).values()) == {"DONE"}
    assert list(states(job)) == ["transit_key", "rewrap", "close", "note"]


@pytest.mark.parametrize("step", ["transit_key", "rewrap", "close"])
def test_a_renewal_that_died_goes_on_without_a_further_version(
    heideblick: Municipality, provisioner: Holdings, monkeypatch: pytest.MonkeyPatch, step: str
):
    """Killed right after the step's work, before anything was written down about it."""

    class Killed(BaseException):
        pass

    name = {
        "transit_key": "rotate_transit_key",
        "rewrap": "rewrap_data_keys",
        "close": "close_older_versions",
    }[step]
    work = getattr(rotation, name)

    def die_after() -> None:
        work()
        raise Killed

    before = versions(provisioner, heideblick).newest
    job = request()
    with monkeypatch.context() as broken:
        broken.setattr(rotation, name, die_after)
        with pytest.raises(Killed):
            renewal.run_renewal(job.pk)
    with context.enter_association():
        Job.objects.filter(pk=job.pk).update(heartbeat_at=None)
    process.forget()
    with context.enter(heideblick):
        assert api.unseal(api.seal("offen", purpose="a.b"), purpose="a.b") == "offen"
    process.use(provisioner)

    assert renewal.run_renewal(job.pk)
    assert versions(provisioner, heideblick).newest == before + (2 if step == "close" else 1)
    assert set(states(job).values()) == {"DONE"}


def test_a_process_that_still_has_the_old_wrapping_at_hand_is_not_refused(
    heideblick: Municipality, provisioner: Holdings, monkeypatch: pytest.MonkeyPatch
):
    """The renewal ends between a request's reading of the row and its question to Vault."""
    with context.enter(heideblick):
        data = api.seal("offen", purpose="a.b")
    process.use(provisioner).data_keys.forget(f"{heideblick.key}/SEAL/{envelope.version_of(data)}")
    store = provisioner.store_of(heideblick.key)
    unwrap, asked = store.unwrap, []

    def late(name: str, text: str) -> bytes:
        asked.append(text)
        if len(asked) == 1:
            with context.leave():
                monkeypatch.setattr(store, "unwrap", unwrap)
                assert renewal.run_renewal(request().pk)
        return unwrap(name, text)

    monkeypatch.setattr(store, "unwrap", late)
    with context.enter(heideblick):
        assert api.unseal(data, purpose="a.b") == "offen"
    assert len(asked) == 1


def test_old_versions_are_not_closed_while_one_is_in_use(heideblick: Municipality, provisioner: Holdings):
    with context.enter(heideblick):
        rotation.rotate_transit_key()
        before = rotation.transit_key_versions()
        with pytest.raises(RewrapIncomplete):
            rotation.close_older_versions()

        assert rotation.transit_key_versions() == before


def test_data_is_encrypted_anew_batch_by_batch(
    heideblick: Municipality, provisioner: Holdings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reencryption, "BATCH", 2)
    with context.enter(heideblick):
        for _report in range(5):
            make_report()
        create_person(
            email="ada@stadt.example",
            name="Ada",
            role="administrator",
            password="nur im Test",
            totp_secret="JBSWY3DPEHPK3PXP",
            by=SYSTEM,
            at=clock.now(),
        )
        old = keyring.newest_version(Kind.SEAL)
        count = reencryption.remaining()
    job = request(with_data=True)

    assert count == 0
    assert renewal.run_renewal(job.pk)

    assert list(states(job))[3:] == ["data_key", "reencrypt", "second_factors", "exchange_keys", "note"]
    with context.enter(heideblick):
        assert keyring.newest_version(Kind.SEAL) == old + 1
        assert reencryption.remaining() == 0
        assert [reporter.name for reporter in Reporter.objects.all()] == ["Ada Lovelace"] * 5
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT substring(email from 1 for 5) FROM defects_reporter")
            assert [envelope._HEAD.unpack(bytes(row[0]))[1] for row in cursor.fetchall()] == [old + 1]
        factor = base64.b64decode(Authenticator.objects.get(type="totp").data["secret"])
        assert envelope.version_of(factor) == old + 1
        assert api.unseal(factor, purpose=PURPOSE) == "JBSWY3DPEHPK3PXP"


def test_a_value_nobody_can_open_is_named_and_the_rest_is_done(
    heideblick: Municipality, provisioner: Holdings
):
    with context.enter(heideblick):
        make_report()
        make_report()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE defects_reporter SET name = overlay(name placing '\\x00'::bytea from 30 for 1)"
                " WHERE report_id = (SELECT min(report_id) FROM defects_reporter)"
            )
    job = request(with_data=True)

    assert not renewal.run_renewal(job.pk)
    with context.enter(heideblick):
        assert reencryption.remaining() == 1
    assert states(job)["reencrypt"] == "FAILED"


def test_the_neighbour_keeps_its_keys(heideblick: Municipality, luckau: Municipality, provisioner: Holdings):
    before = (versions(provisioner, luckau), wrapped(luckau))

    renewal.run_renewal(request(with_data=True).pk)

    assert (versions(provisioner, luckau), wrapped(luckau)) == before


def test_a_second_renewal_at_once_and_one_of_nobody_are_refused(heideblick: Municipality):
    request()

    with pytest.raises(Conflict):
        request()
    with pytest.raises(NotFound):
        request(slug="gibtesnicht")


def test_the_command_renews_everybody(cli, heideblick: Municipality, provisioner: Holdings):
    before = versions(provisioner, heideblick).newest
    done = cli("vault", "rotate-keys", "--all", "--json")

    assert done.returncode == 0, done.stderr + done.stdout
    found = {row["key"]: row["state"] for row in json.loads(done.stdout)["renewals"]}
    assert found == {"association": "DONE", "m_000001": "DONE", "m_000002": "DONE"}
    assert versions(provisioner, heideblick).newest == before + 1
