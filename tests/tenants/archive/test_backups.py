# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every night each municipality is backed up, one backup is really restored, and both are seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tenants.archive import backups, doctor, folders
from tenants.models import BackupKind, BackupRun
from tests.tenants.archive.test_export_and_restore import CANARY, fill
from verbund.kernel import clock, context

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def ran(town, kind: BackupKind, finished_at: datetime, *, is_ok: bool = True) -> BackupRun:
    return BackupRun.objects.create(
        tenant_id=town.number, kind=kind, started_at=finished_at, finished_at=finished_at, is_ok=is_ok, message="Platte voll"
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_backup_is_restored_for_a_trial_and_a_damaged_one_is_found(cli, heideblick):
    fill(heideblick, CANARY)
    folders.remove_all_of(heideblick.key)  # of other runs

    made = json.loads(cli("tenants", "backup", "--slug", "heideblick", "--json").stdout)
    tried = json.loads(cli("tenants", "backup", "--slug", "heideblick", "--try-restore", "--json").stdout)
    (backup,) = folders.backup_folder(heideblick.key).iterdir()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    broken = json.loads(cli("tenants", "backup", "--slug", "heideblick", "--try-restore", "--json").stdout)

    assert (made["ok"], tried["ok"], broken["ok"]) == (True, True, False)
    assert made["data_sha256"] == tried["data_sha256"]
    with context.enter(heideblick), connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s), to_regrole(%s)", [backups.SCRATCH, backups.SCRATCH])
        assert cursor.fetchone() == (None, None)
        found = {item.code: item for item in doctor.look_at_backups(heideblick)}
    assert found["tenants.backup"].level == "ok"
    assert found["tenants.trial"].level == "error"
    assert "beschädigt" in found["tenants.trial"].message


def test_a_night_begins_at_one_and_who_failed_waits_for_the_others(in_association, heideblick, luckau):
    night = backups._begin_of_night(AT)
    ran(heideblick, BackupKind.BACKUP, night - timedelta(minutes=1))
    ran(heideblick, BackupKind.BACKUP, night + timedelta(minutes=1), is_ok=False)
    assert [town.slug for town in backups._due(BackupKind.BACKUP, night)] == ["luckau", "heideblick"]

    ran(luckau, BackupKind.BACKUP, night)

    assert [town.slug for town in backups._due(BackupKind.BACKUP, night)] == ["heideblick"]
    assert night.astimezone(clock.BERLIN).hour == 1


def test_only_backups_whose_time_is_over_are_removed(heideblick, tmp_path):
    for day in ("2026-11-01", "2026-11-20"):
        (tmp_path / f"{day}T010000Z.verbund").touch()

    backups._remove_old(heideblick, tmp_path, at=AT)

    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-20T010000Z.verbund"]


def test_metrics_say_never_as_zero(in_association, heideblick, luckau):
    ran(heideblick, BackupKind.BACKUP, AT)
    ran(luckau, BackupKind.BACKUP, AT, is_ok=False)

    backup, _trial = doctor.metrics()

    assert {sample.labels["tenant"]: sample.value for sample in backup.samples} == {
        "heideblick": AT.timestamp(),
        "luckau": 0,
    }


def test_the_doctor_sees_a_failure_and_an_old_backup(in_association, heideblick):
    ran(heideblick, BackupKind.BACKUP, clock.now() - timedelta(days=3))
    old = next(iter(doctor.look_at_backups(heideblick)))
    ran(heideblick, BackupKind.BACKUP, clock.now(), is_ok=False)
    failed = next(iter(doctor.look_at_backups(heideblick)))

    assert (old.level, old.message) == ("error", "Die letzte Sicherung ist zu alt.")
    assert (failed.level, failed.message) == ("error", "Platte voll")
