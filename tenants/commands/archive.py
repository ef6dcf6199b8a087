# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants receiver-key | export | open-archive | restore`: a municipality's data as one file, and back."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console

from tenants import directory
from tenants.archive import exporting, in_place, opening, receivers, restoring
from tenants.archive.container import open_for_us_alone, read_head
from tenants.archive.receivers import KeyPairReceiver
from tenants.models import Tenant
from verbund.jobs.models import Job, JobStep
from verbund.jobs.models import State as JobState
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Invalid, NotFound

OPERATOR = Actor(kind="system", id="cli", role="operator", name="Kommandozeile")
_LOOK_AGAIN_SECONDS = 0.5


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Beside `tenants list`."""
    key = actions.add_parser(
        "receiver-key", help="öffentlichen Empfängerschlüssel dieser Installation zeigen"
    )
    key.add_argument("--out", type=Path, help="in diese Datei statt auf den Bildschirm")
    key.add_argument(
        "--new-pair",
        type=Path,
        metavar="DATEI",
        help="eigenes Schlüsselpaar anlegen: DATEI.key und DATEI.pub",
    )
    key.set_defaults(run=show_key)

    export = actions.add_parser("export", help="alle Daten einer Kommune als eine verschlossene Datei")
    export.add_argument("--slug", required=True, help="Kürzel der Kommune")
    export.add_argument(
        "--for",
        dest="receiver",
        type=Path,
        metavar="EMPFÄNGER.pub",
        help="Schlüssel des Empfängers; ohne Angabe diese Installation",
    )
    export.add_argument("--out", type=Path, help="Zieldatei; ohne Angabe KÜRZEL-DATUM.verbund")
    export.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    export.set_defaults(run=run_export)

    opened = actions.add_parser("open-archive", help="ein Archiv lesbar auspacken")
    opened.add_argument("file", type=Path, metavar="DATEI")
    opened.add_argument("--key", type=Path, help="privater Schlüssel; ohne Angabe der dieser Installation")
    opened.add_argument(
        "--out", type=Path, help="Ordner; ohne Angabe wird nur geprüft und gezeigt, was darin ist"
    )
    opened.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    opened.set_defaults(run=run_open)

    restore = actions.add_parser("restore", help="eine Kommune aus einem Archiv wiederherstellen")
    restore.add_argument("file", type=Path, metavar="DATEI")
    restore.add_argument("--slug", default="", help="Kürzel; ohne Angabe das des Archivs")
    restore.add_argument("--name", default="", help="Name; ohne Angabe der des Archivs")
    restore.add_argument("--host", action="append", default=[], help="Host; mehrfach möglich")
    restore.add_argument(
        "--in-place",
        action="store_true",
        help="die Kommune --slug auf den Stand des Archivs bringen, statt eine neue einzurichten",
    )
    restore.add_argument("--reason", default="", help="Grund; bei --in-place nötig")
    restore.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    restore.set_defaults(run=run_restore)


def show_key(arguments: argparse.Namespace) -> int:
    if arguments.new_pair:
        private = receivers.new_private_pem()
        target: Path = arguments.new_pair
        _write_new(target.with_name(target.name + ".key"), private)
        _write_new(
            target.with_name(target.name + ".pub"), receivers.public_pem(receivers.private_key(private))
        )
        return 0
    pem = receivers.own_public_pem()
    if arguments.out:
        arguments.out.write_text(pem, encoding="utf-8")
    else:
        sys.stdout.write(pem)
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    now = clock.now()
    municipality = by_slug(arguments.slug)
    receiver = (
        KeyPairReceiver(read_text(arguments.receiver)) if arguments.receiver else receivers.own_receiver()
    )
    target = arguments.out or Path(f"{arguments.slug}-{clock.day_of(now).isoformat()}.verbund")
    began = time.monotonic()
    made = exporting.export_now(municipality, target, receiver=receiver, by=OPERATOR, at=now)
    result = {
        "slug": arguments.slug,
        "file": str(made.path),
        "size": made.size,
        "sha256": made.sha256,
        "data_sha256": made.manifest.data_sha256,
        "receiver": receiver.id,
        "tables": len(made.manifest.tables),
        "rows": made.manifest.rows(),
        "files": len(made.manifest.files()),
        "missing_files": made.manifest.missing_files,
        "excluded": made.manifest.excluded,
        "seconds": round(time.monotonic() - began, 2),
    }
    if arguments.json:
        print_json(result)
        return 0
    sys.stdout.write(
        f"{made.path}: {result['rows']} Zeilen aus {result['tables']} Tabellen, {result['files']} Dateien,"
        f" {made.size / 1_000_000:.1f} MB in {result['seconds']} s\n"
        f"Daten {made.manifest.data_sha256}\nverschlossen für Schlüssel {receiver.id}\n"
    )
    for name in made.manifest.missing_files:
        sys.stderr.write(f"fehlt auf der Platte: {name}\n")
    return 0


def run_open(arguments: argparse.Namespace) -> int:
    private = receivers.private_key(read_text(arguments.key)) if arguments.key else None
    manifest = opening.open_archive(arguments.file, private=private, target=arguments.out)
    if arguments.json:
        print_json(
            {
                "source": manifest.source,
                "made_at": manifest.made_at,
                "app_version": manifest.app_version,
                "data_sha256": manifest.data_sha256,
                "rows": manifest.rows(),
                "tables": manifest.tables,
                "files": len(manifest.files()),
                "excluded": manifest.excluded,
            }
        )
        return 0
    sys.stdout.write(
        f"{manifest.source['name']} ({manifest.source['slug']}), Stand {manifest.made_at}: {manifest.rows()} Zeilen aus"
        f" {len(manifest.tables)} Tabellen, {len(manifest.files())} Dateien. Alles ist vollständig.\n"
    )
    if arguments.out:
        sys.stdout.write(
            f"Ausgepackt nach {arguments.out}. Die Dateien enthalten Namen und Adressen im Klartext.\n"
        )
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    if arguments.in_place:
        return _restore_in_place(arguments)
    wanted = restoring.Wanted(slug=arguments.slug, name=arguments.name, hosts=tuple(arguments.host))
    job = restoring.request_restore(arguments.file, wanted, by=OPERATOR, at=clock.now())
    while not restoring.run_restore(job.pk) and _is_open(job):
        time.sleep(_LOOK_AGAIN_SECONDS)
    return _show_restored(_restored(job), is_json=arguments.json)


def _restore_in_place(arguments: argparse.Namespace) -> int:
    read_head(arguments.file)
    member = by_slug(arguments.slug)
    job = in_place.request_in_place(
        number=member.number,
        path=arguments.file,
        confirmation=arguments.slug,
        reason=arguments.reason,
        by=OPERATOR,
        at=clock.now(),
    )
    while not in_place.run_in_place(job.pk) and _is_open(job):
        time.sleep(_LOOK_AGAIN_SECONDS)
    with context.enter_association():
        job.refresh_from_db()
        steps = [[step.label, step.state, step.message] for step in JobStep.objects.filter(job=job)]
    if arguments.json:
        print_json({"slug": arguments.slug, "key": member.key, "state": job.state, "steps": steps})
    else:
        for label, state, message in steps:
            sys.stdout.write(f"{label}: {state} {message}".rstrip() + "\n")
    if job.state != JobState.DONE:
        sys.stderr.write(f"{job.message}\nDer Stand von vorher gilt weiter.\n")
    return 0 if job.state == JobState.DONE else 1


def _show_restored(result: dict[str, Any], *, is_json: bool) -> int:
    if is_json:
        print_json(result)
    else:
        console = Console()
        mark = "[green]✓[/]" if result["state"] == "ACTIVE" else "[red]✗[/]"
        console.print(f"{mark} {result['slug']} ({result['key']}) {result['url']}")
        for step in result["steps"]:
            if step["message"]:
                console.print(f"    {step['label']}: {step['message']}")
    return 0 if result["state"] == "ACTIVE" else 1


def by_slug(slug: str) -> Municipality:
    """A member of any state that has data.

    Raises:
        NotFound: there is none.
    """
    with context.enter_association():
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            raise NotFound(f"Die Kommune {slug} gibt es nicht (verbund tenants list zeigt alle).")
        return directory.describe(tenant)


def read_text(path: Path) -> str:
    """A small file.

    Raises:
        Invalid: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"Die Datei {path} ist nicht lesbar.") from error


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _restored(job: Job) -> dict[str, Any]:
    with context.enter_association():
        tenant = Tenant.objects.prefetch_related("domains").get(schema_name=job.subject)
        host = next(iter(sorted(tenant.domains.all(), key=lambda host: not host.is_primary)))
        return {
            "slug": tenant.slug,
            "key": tenant.key,
            "state": tenant.state,
            "url": settings.VERBUND.url(host.domain),
            "data_sha256": tenant.restoration.data_sha256,
            "steps": [
                {"name": step.name, "label": step.label, "state": step.state, "message": step.message}
                for step in JobStep.objects.filter(job=job)
            ],
        }


def _is_open(job: Job) -> bool:
    with context.enter_association():
        return Job.objects.get(pk=job.pk).is_open


def _write_new(path: Path, text: str) -> None:
    try:
        with open_for_us_alone(path, is_new=True) as file:
            file.write(text.encode())
    except OSError as error:
        raise Invalid(f"{path} gibt es schon oder lässt sich nicht schreiben.") from error
    sys.stdout.write(f"{path}\n")
