# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality goes back to an earlier day under its own number, or stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tenants import directory
from tenants.archive import folders, in_place
from tenants.models import InPlaceRestoration, Tenant
from tenants.suspension import resume, suspend
from tenants.transitions import BeingRestored
from tests.audit.test_anchors import cut_off
from tests.factories import defects
from tests.tenants.archive.test_export_and_restore import as_provisioner, fill
from verbund.audit import anchoring, chain, restarts
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Invalid
from verbund.metering import pusher, reconciliation
from verbund.metering.facts.models import Fact
from verbund.modules.defects.models import Report, Reporter
from verbund.vault.models import DataKey

pytestmark = [pytest.mark.django_db(transaction=True)]


def back_up(cli, town) -> Path:
    folders.remove_all_of(town.key)  # of other runs
    assert json.loads(cli("tenants", "backup", "--slug", town.slug, "--json").stdout)["ok"]
    (path,) = folders.backup_folder(town.key).glob("*.verbund")
    return path


def restore(cli, path: Path):
    names = ("--slug", "heideblick", "--reason", "Falscher Import")
    return cli("tenants", "restore", str(path), "--in-place", *names, "--json")


def ask(town, path: Path) -> int:
    return in_place.request_in_place(
        number=town.number, path=path, confirmation=town.slug, reason="Probe", by=SYSTEM, at=clock.now()
    ).pk


def states(town) -> tuple[str, str]:
    with context.enter_association():
        return Tenant.objects.values_list("state", "schema_fingerprint").get(pk=town.number)


def test_goes_back_to_the_day_of_a_backup_and_says_so(cli, services, heideblick, luckau):
    reference = fill(heideblick, "Ada Kanarienvogel")
    fill(luckau, "Zoe Nachbarin")
    with context.enter(heideblick):
        anchoring.take(at=clock.now())
    path = back_up(cli, heideblick)
    with context.enter(heideblick):
        later = defects.make_report(name="Später", email="spaet@example.org")
        pusher.push()
        before = anchoring.take(at=clock.now())
        facts = Fact.objects.count()
    counted = reconciliation.reconcile().received

    done = restore(cli, path)

    assert done.returncode == 0, done.stderr
    directory.forget()
    town = directory.by_slug("heideblick")
    assert town is not None
    assert (town.number, Client().get("/", HTTP_HOST="heideblick.localhost").status_code) == (1, 200)
    with context.enter(town):
        assert Reporter.objects.get(report__reference=reference).name == "Ada Kanarienvogel"
        assert not Report.objects.filter(pk=later.pk).exists()
        entry = AuditEntry.objects.get(action="tenants.tenant.restored_in_place")
        assert (entry.reason, entry.changes["present_is_kept"]) == ("Falscher Import", True)
        assert chain.verify() is None
        assert anchoring.compare(anchoring.kept(town.key)) is None
        # The anchor of the day that was left would not fit any more; it is known why.
        (restart,) = restarts.of_scope(town.key)
        assert before is not None
        assert restart.position < before.position <= restart.left.position
        assert (restart.reason, restart.left.state) == ("Falscher Import", restarts.INTACT)
        # What is counted from now on has numbers the ledger has not seen, and nothing is counted twice.
        pusher.push()
        assert reconciliation.reconcile().received == counted
        defects.make_report()
        assert pusher.push().counted > 0
        assert min(Fact.objects.order_by("-pk").values_list("pk", flat=True)[:1]) > facts
    assert "auf einen früheren Stand gebracht" in cli("audit", "verify", "--tenant", "heideblick").stdout
    with context.enter(luckau):
        assert Reporter.objects.get().name == "Zoe Nachbarin"
    with context.enter_association(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('zy_m_000001')")
        assert cursor.fetchone() == (None,)
    cuts_are_still_found(services, town)


def cuts_are_still_found(services, town) -> None:
    """After the place the chain was put back to, and before it."""
    with context.enter(town):
        anchoring.take(at=clock.now())
        place, end = restarts.of_scope(town.key)[0].position, restarts.end_of_chain().position

    cut_off(services, town.key, 1)
    with context.enter(town):
        after = anchoring.compare(anchoring.kept(town.key))
    cut_off(services, town.key, end - place)
    with context.enter(town):
        before = anchoring.compare(anchoring.kept(town.key))

    assert after is not None
    assert after.position == end
    assert before is not None
    assert before.position <= place


def test_what_fails_half_way_leaves_the_present_day(cli, services, heideblick, tmp_path: Path):
    """The disk refuses the photos: that comes after the tables were replaced."""
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    with context.enter(heideblick):
        later = defects.make_report(name="Später", email="spaet@example.org")
        keys = set(DataKey.objects.values_list("wrapped", flat=True))
    as_provisioner(
        services,
        "from unittest import mock; from tenants.archive import in_place;"
        "from verbund.files import storage; from verbund.files.errors import StorageFull;"
        "mock.patch.object(storage, 'write', side_effect=StorageFull).start();"
        f"assert in_place.run_in_place({ask(heideblick, path)}) is False",
    )

    assert states(heideblick)[0] == "ACTIVE"
    assert states(heideblick)[1] != ""
    with context.enter(heideblick):
        assert Report.objects.filter(pk=later.pk).exists()
        assert set(DataKey.objects.values_list("wrapped", flat=True)) == keys
        assert Reporter.objects.get(report=later).name == "Später"
        assert AuditEntry.objects.filter(action="tenants.tenant.restoration_put_back").exists()
        assert chain.verify() is None
    assert restarts.of_scope(heideblick.key) == []


def test_another_members_or_a_damaged_archive_touches_nothing(
    cli, services, heideblick, luckau, tmp_path: Path
):
    fill(heideblick, "Ada Kanarienvogel")
    path = back_up(cli, heideblick)
    cut = tmp_path / "kurz.verbund"
    cut.write_bytes(path.read_bytes()[:-1])
    with context.leave():
        jobs = [ask(heideblick, cut), ask(luckau, path)]

    as_provisioner(
        services,
        f"from tenants.archive import in_place; assert not any(in_place.run_in_place(job) for job in {jobs})",
    )

    with context.enter_association():
        messages = [Job.objects.get(pk=job).message for job in jobs]
    assert "beschädigt" in messages[0]
    assert "anderen Kommune" in messages[1]
    for town in (heideblick, luckau):
        assert states(town)[0] == "ACTIVE"
        with context.enter(town):
            assert not AuditEntry.objects.filter(action="tenants.tenant.suspended").exists()


def test_needs_the_slug_and_a_reason_and_keeps_everybody_out_meanwhile(heideblick, tmp_path: Path):
    file = tmp_path / "eins.verbund"
    file.write_bytes(b"VERBUND-ARCHIV-1\x00\x00\x00\x02{}")
    wanted = {"number": heideblick.number, "path": file, "by": SYSTEM, "at": clock.now()}

    with pytest.raises(Invalid, match="Kürzel"):
        in_place.request_in_place(**wanted, confirmation="luckau", reason="Probe")
    with pytest.raises(Invalid, match="Grund"):
        in_place.request_in_place(**wanted, confirmation="heideblick", reason=" ")
    in_place.request_in_place(**wanted, confirmation="heideblick", reason="Probe")
    with pytest.raises(Conflict):
        in_place.request_in_place(**wanted, confirmation="heideblick", reason="Probe")
    suspend(number=heideblick.number, by=SYSTEM, at=clock.now())
    with context.enter_association():
        InPlaceRestoration.objects.update(begun_at=clock.now())

    with pytest.raises(BeingRestored):
        resume(number=heideblick.number, by=SYSTEM, at=clock.now())
