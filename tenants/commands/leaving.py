# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund tenants offboard | deletion-record`: a municipality leaves, and the proof that nothing of it is left."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from tenants.archive import folders
from tenants.archive.errors import StorageRefused
from tenants.commands.archive import OPERATOR, print_json, read_text
from tenants.leaving import departures
from tenants.models import Departure, Tenant
from verbund.jobs.models import Job, JobStep, State
from verbund.kernel import clock, context
from verbund.kernel.errors import NotFound

_LOOK_AGAIN_SECONDS = 0.5


def add_actions(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Beside `tenants list`."""
    leave = actions.add_parser(
        "offboard", help="eine Kommune scheidet aus: Archiv, Schlüssel vernichten, löschen"
    )
    leave.add_argument("--slug", required=True, help="Kürzel der Kommune")
    leave.add_argument("--reason", default="", help="Grund; steht im Protokoll und im Löschprotokoll")
    leave.add_argument("--confirm", default="", help="das Kürzel noch einmal; ohne Angabe wird gefragt")
    leave.add_argument(
        "--for", dest="receiver", type=Path, metavar="EMPFÄNGER.pub", help="Schlüssel des Empfängers"
    )
    leave.add_argument("--out", type=Path, help="das Archiv auch hierhin legen")
    leave.add_argument(
        "--go-on", action="store_true", help="einen begonnenen Austritt fortsetzen, auch nach der Schonfrist"
    )
    leave.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    leave.set_defaults(run=run_offboard)

    record = actions.add_parser("deletion-record", help="Löschprotokoll einer ausgeschiedenen Kommune")
    record.add_argument("--slug", required=True, help="früheres Kürzel oder Schlüssel (m_000042)")
    record.add_argument("--out", type=Path, help="das PDF in diese Datei")
    record.add_argument("--json", action="store_true", help="die Angaben für Programme")
    record.set_defaults(run=run_record)


def run_offboard(arguments: argparse.Namespace) -> int:
    job = _go_on(arguments.slug) if arguments.go_on else _begin(arguments)
    while not departures.run_departure(job.pk) and _is_open(job):
        time.sleep(_LOOK_AGAIN_SECONDS)
    result = _result(job)
    if arguments.out and result["archive"]:
        try:
            shutil.copyfile(result["archive"], arguments.out)
        except OSError as error:
            raise StorageRefused from error
        result["archive"] = str(arguments.out)
    if arguments.json:
        print_json(result)
    else:
        for step in result["steps"]:
            mark = "✓" if step["state"] == State.DONE else "·"
            sys.stdout.write(f"{mark} {step['label']} {step['message']}".rstrip() + "\n")
        if result["drop_after"]:
            sys.stdout.write(
                f"Schonfrist bis {result['drop_after']}. Archiv: {result['archive'] or 'entfernt'}\n"
            )
    return 0 if result["state"] == State.DONE else 1


def run_record(arguments: argparse.Namespace) -> int:
    departure = _departure(arguments.slug)
    if departure.finished_at is None or departure.record_pdf is None:
        raise NotFound("Der Austritt ist noch nicht abgeschlossen; ein Löschprotokoll gibt es erst danach.")
    if arguments.out:
        arguments.out.write_bytes(bytes(departure.record_pdf))
    if arguments.json or not arguments.out:
        print_json({**departure.done, "record_sha256": departure.record_sha256})
    return 0


def _begin(arguments: argparse.Namespace) -> Job:
    with context.enter_association():
        tenant = Tenant.objects.filter(slug=arguments.slug).first()
    if tenant is None:
        raise NotFound(f"Die Kommune {arguments.slug} gibt es nicht (verbund tenants list zeigt alle).")
    confirmation = arguments.confirm
    if not confirmation and sys.stdin.isatty():
        sys.stderr.write(
            f"{tenant.name} scheidet aus. Ihre Schlüssel werden vernichtet; das lässt sich nicht zurücknehmen.\n"
            "Zur Bestätigung das Kürzel eingeben: "
        )
        sys.stderr.flush()
        confirmation = sys.stdin.readline()
    return departures.request_departure(
        number=tenant.number,
        confirmation=confirmation,
        reason=arguments.reason,
        receiver_pem=read_text(arguments.receiver) if arguments.receiver else "",
        by=OPERATOR,
        at=clock.now(),
    )


def _go_on(slug: str) -> Job:
    departure = _departure(slug)
    with context.enter_association():
        job = Job.objects.filter(
            subject=departure.tenant.key, kind__in=[departures.SHUT_KIND, departures.REMOVE_KIND]
        ).latest("pk")
    if job.state == State.FAILED:
        departures.retry_departure(job_id=job.pk, by=OPERATOR, at=clock.now())
    elif job.state == State.DONE:
        return departures.request_removal(number=departure.tenant_id, by=OPERATOR, at=clock.now())
    return job


def _departure(name: str) -> Departure:
    with context.enter_association():
        found = Departure.objects.select_related("tenant", "archive")
        departure = found.filter(slug=name).last() or found.filter(tenant__schema_name=name).first()
    if departure is None:
        raise NotFound(f"Eine ausscheidende Kommune {name} gibt es nicht.")
    return departure


def _result(job: Job) -> dict[str, Any]:
    with context.enter_association():
        departure = Departure.objects.select_related("tenant", "archive").get(tenant__schema_name=job.subject)
        archive = folders.path_of(departure.archive) if departure.archive else None
        return {
            "slug": departure.slug,
            "key": job.subject,
            "state": Job.objects.get(pk=job.pk).state,
            "tenant_state": departure.tenant.state,
            "archive": str(archive) if archive and archive.exists() else "",
            "drop_after": departure.drop_after.isoformat() if departure.drop_after else "",
            "steps": [
                {"name": step.name, "label": step.label, "state": step.state, "message": step.message}
                for step in JobStep.objects.filter(job=job)
            ],
        }


def _is_open(job: Job) -> bool:
    with context.enter_association():
        return Job.objects.get(pk=job.pk).is_open
