# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was exported comes back the same, under another number, slug and host; and nothing of anybody else with it."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import connection
from django.test import Client

from tenants import directory
from tenants.archive import exporting, receivers
from tenants.archive.errors import ForeignReceiver, NotUnpacked, StorageRefused
from tenants.archive.opening import open_archive
from tenants.archive.writing import Written
from tenants.models import Tenant
from tests.factories import accounts, defects
from tests.harness import prepared
from tests.harness.services import Services
from verbund.accounts.models import Session
from verbund.audit import chain
from verbund.audit.models import AuditEntry
from verbund.files import api as files
from verbund.files.models import StoredFile
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.kernel.context import Municipality
from verbund.metering import pusher
from verbund.metering.facts.models import Fact
from verbund.modules.defects.models import Report, Reporter
from verbund.notify import delivery, held
from verbund.notify.models import Outbox, State
from verbund.vault.references import resolve

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.django_db(transaction=True)]
CANARY, NEIGHBOUR = "Ada Kanarienvogel", "Zoe Nachbarin"


@pytest.fixture
def verbund(cli: Callable[..., Any]) -> Callable[..., Any]:
    """Runs `verbund tenants …` with the owner's rights; parses its JSON when it succeeds."""

    def run(*arguments: str, fails: bool = False) -> Any:
        done = cli("tenants", *arguments)
        assert (done.returncode != 0) == fails, done.stderr
        return done.stderr if fails else json.loads(done.stdout)

    return run


@pytest.fixture
def private() -> X25519PrivateKey:
    return receivers.private_key(receivers.new_private_pem())


def fill(town: Municipality, name: str) -> str:
    """A report with a photo, its reporter, a colleague who is signed in, and mail that waits."""
    with context.enter(town):
        photo = files.store_photo(
            upload=defects.photo_upload(), owner="defects.draft:1", by=CITIZEN, at=clock.now()
        )
        report = defects.make_report(name=name, email="ada@example.org", photos=(photo.pk,))
        person = accounts.make_person("administrator")
    accounts.client_for(person, town)
    return report.reference


def export(town: Municipality, target: Path, private: X25519PrivateKey) -> Written:
    receiver = receivers.KeyPairReceiver(receivers.public_pem(private))
    return exporting.export_now(town, target, receiver=receiver, by=SYSTEM, at=clock.now())


def as_provisioner(services: Services, code: str) -> None:
    """Run a line with the owner's login and the provisioner's rights; our own identity has neither."""
    environment = {
        **os.environ,
        **services.cli,
        "VERBUND_DB_NAME": connection.settings_dict["NAME"],
        "DJANGO_SETTINGS_MODULE": "verbund.config.settings.test",
    }
    prepared.run("-c", f"import django; django.setup(); {code}", environment=environment).check_returncode()


def keep_secret(services: Services, path: str, values: dict[str, str]) -> None:
    as_provisioner(
        services, f"from verbund.vault.process import holdings; holdings().own.write({path!r}, {values!r})"
    )


def serves_the_same(heideblick: Municipality, restored: Municipality) -> None:
    shown, copied = (
        Client().get("/", HTTP_HOST=host) for host in ("heideblick.localhost", "zweite.localhost")
    )
    assert copied.status_code == shown.status_code == 200
    looks = [
        Client().get("/theme.css", HTTP_HOST=host).content
        for host in (heideblick.hosts[0], "zweite.localhost")
    ]
    assert looks[0] == looks[1]
    with context.enter(restored):
        (photo,) = StoredFile.objects.all()
    originals = list((Path(settings.MEDIA_ROOT) / heideblick.key).rglob(f"{photo.pk}-*.jpg"))
    for original in originals:
        copy = Path(settings.MEDIA_ROOT) / restored.key / original.parent.name / original.name
        assert copy.read_bytes() == original.read_bytes()
    assert len(originals) == 2


def goes_on(restored: Municipality) -> None:
    """Numbers and the audit's chain go on under the name they began with."""
    with context.enter(restored):
        assert chain.verify() is None
        defects.make_report()
        assert chain.verify() is None
        assert Report.objects.count() == 2


def test_restored_copy_is_the_same_and_serves(verbund, services, heideblick, luckau, tmp_path: Path):
    reference = fill(heideblick, CANARY)
    keep_secret(services, f"tenants/{heideblick.key}/smtp", {"password": "Straße 7"})
    fill(luckau, NEIGHBOUR)
    with context.enter(heideblick):
        Fact.objects.create(meter="defects.reports", quantity=1, occurred_at=clock.now())
    out = tmp_path / "eins.verbund"

    exported = verbund("export", "--slug", "heideblick", "--out", str(out), "--json")
    verbund(
        "restore", str(out), "--slug", "zweite", "--name", "Zweite", "--host", "zweite.localhost", "--json"
    )
    directory.forget()
    restored = directory.by_slug("zweite")
    assert restored is not None
    somebody = receivers.private_key(receivers.new_private_pem())
    again = export(restored, tmp_path / "zwei.verbund", somebody).manifest

    assert again.data_sha256 == exported["data_sha256"]
    assert (exported["files"], exported["missing_files"]) == (2, [])
    with context.enter_association():
        actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"tenants.archive.exported", "tenants.restoration.requested"} <= actions
    assert restored.key != heideblick.key
    with context.enter(heideblick):
        waiting = delivery.not_held().count()
        facts, rows = Fact.objects.filter(pushed_at=None).count(), AuditEntry.objects.count()
    with context.enter(restored):
        assert Reporter.objects.get(report__reference=reference).name == CANARY
        # Nothing that opened doors, and nothing that waited for the world.
        assert Session.objects.count() == 0
        assert Outbox.objects.filter(state=State.QUEUED).count() == waiting > 0
        assert delivery.deliver_due(at=clock.now() + timedelta(days=1)) == 0
        assert delivery.held().count() == waiting
        assert [said.level for said in held.look(restored)] == ["warning"]
        assert (Fact.objects.filter(pushed_at=None).count(), AuditEntry.objects.count()) == (facts, rows)
        assert pusher.push() == pusher.Pushed(counted=0, repeated=0, left=0), "the origin counts what waited"
        assert facts > 0
        assert resolve("vault:municipality/smtp#password") == "Straße 7"
    serves_the_same(heideblick, restored)
    goes_on(restored)


def test_refused_before_anything_is_touched(verbund, heideblick, luckau, private, tmp_path: Path):
    """Cut off by one byte, for somebody else, or for a host that is taken: one sentence each, and nothing is made."""
    whole, cut, foreign = (tmp_path / name for name in ("ganz", "kurz", "fremd"))
    verbund("export", "--slug", "heideblick", "--out", str(whole), "--json")
    cut.write_bytes(whole.read_bytes()[:-1])
    export(heideblick, foreign, private)
    with context.enter_association():
        before = Tenant.objects.count(), Job.objects.count()

    for file, host, reason in (
        (cut, "zweite.localhost", "Das Archiv ist beschädigt oder unvollständig."),
        (foreign, "zweite.localhost", "Das Archiv ist für einen anderen Empfänger verschlossen."),
        (whole, "luckau.localhost", "luckau.localhost"),
    ):
        refusal = verbund("restore", str(file), "--slug", "zweite", "--host", host, fails=True)
        assert reason in refusal.splitlines()[-1]

    with context.enter_association():
        assert (Tenant.objects.count(), Job.objects.count()) == before


def test_readable_for_its_receiver_and_without_the_neighbour(heideblick, luckau, private, tmp_path: Path):
    fill(heideblick, CANARY)
    fill(luckau, NEIGHBOUR)
    out, target = tmp_path / "eins.verbund", tmp_path / "auf"

    export(heideblick, out, private)
    open_archive(out, private=private, target=target)

    assert CANARY.encode() not in out.read_bytes()
    with pytest.raises(ForeignReceiver):
        open_archive(out, private=receivers.private_key(receivers.new_private_pem()), target=None)
    with (target / "readable/defects_reporter.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file, delimiter=";")] == [CANARY]
    for path in target.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert NEIGHBOUR.encode() not in content, path
        assert CANARY.encode() not in content or path.parent.name == "readable", path
    assert not (target / "keys.json").exists()


def test_exports_see_one_moment_and_all_that_is_there(heideblick, private, tmp_path: Path):
    """Every table of the schema is in it or named as left out, with as many rows as PostgreSQL counts."""
    fill(heideblick, CANARY)

    manifest = export(heideblick, tmp_path / "eins.verbund", private).manifest

    with context.enter(heideblick), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [heideblick.key])
        names = {name for (name,) in cursor.fetchall()}
        assert names == manifest.tables.keys() | manifest.excluded.keys()
        for name, table in manifest.tables.items():
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            assert cursor.fetchone() == (table["rows"],), name


def test_opens_without_this_program_as_the_manual_says(heideblick, private, tmp_path: Path):
    fill(heideblick, CANARY)
    manual = (ROOT / "docs/operations/leaving.md").read_text()
    script, key, out, target = (tmp_path / name for name in ("auf.py", "stadt.key", "eins.verbund", "auf"))
    script.write_text(manual.split("```python\n")[1].split("```")[0])
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    export(heideblick, out, private)

    subprocess.run([sys.executable, "-I", script, out, key, target], check=True, timeout=60)

    assert CANARY in (target / "readable/defects_reporter.csv").read_text("utf-8-sig")


def test_archive_of_an_older_structure_is_brought_up(verbund, services, heideblick, tmp_path: Path):
    """Made before the last migration of a package: loaded into the structure of its time, then migrated."""
    reference = fill(heideblick, CANARY)
    out = tmp_path / "alt.verbund"
    as_provisioner(
        services,
        "from django.core.management import call_command;"
        "from django.core.management.commands.migrate import Command;"
        "from tenants.database.targets import as_owner;"
        f"owner = as_owner({heideblick.key!r}); owner.__enter__();"
        "call_command(Command(), 'audit', '0003', verbosity=0, skip_checks=True)",
    )
    with context.enter_association():
        Tenant.objects.filter(pk=heideblick.number).update(schema_fingerprint="früher")

    verbund("export", "--slug", "heideblick", "--out", str(out), "--json")
    verbund("restore", str(out), "--slug", "zweite", "--host", "zweite.localhost", "--json")

    directory.forget()
    restored = directory.by_slug("zweite")
    assert restored is not None
    with context.enter(restored):
        assert Reporter.objects.get(report__reference=reference).name == CANARY
        assert chain.verify() is None


def test_full_disk_leaves_no_file(heideblick, private, tmp_path: Path):
    fill(heideblick, CANARY)
    with no_file_larger_than(20_000), pytest.raises(StorageRefused):
        export(heideblick, tmp_path / "eins.verbund", private)

    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_no_half_unpacked_folder(heideblick, private, tmp_path: Path):
    fill(heideblick, CANARY)
    export(heideblick, tmp_path / "eins.verbund", private)
    with no_file_larger_than(500), pytest.raises(NotUnpacked):
        open_archive(tmp_path / "eins.verbund", private=private, target=tmp_path / "offen")

    assert [path for path in (tmp_path / "offen").rglob("*") if path.is_file()] == []


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses the rest of a file, as it does when the disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
