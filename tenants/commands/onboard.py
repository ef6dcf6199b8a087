# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund onboard`: one municipality by options, or many from a file."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console

from tenants.commands import taking_back
from tenants.commands.members import OPERATOR, find, print_json
from tenants.directory import serving_hosts
from tenants.models import Tenant
from tenants.onboarding import JOB_KIND, provision_steps, request_onboarding, retry, run_onboarding
from tenants.onboarding_input import BodyInput, OnboardingInput, OnboardingRefused, Problem, check
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock, context
from verbund.kernel.errors import NotFound

COLUMNS = ("slug", "name", "kind", "bodies", "hosts", "admin_email")
_LOOK_AGAIN_SECONDS = 0.5


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("onboard", help="Kommune aufnehmen")
    parser.add_argument("--slug", help="Kürzel, zum Beispiel heideblick")
    parser.add_argument("--name", help="Name, zum Beispiel Heideblick")
    parser.add_argument("--kind", help="gemeinde, stadt oder amt")
    parser.add_argument(
        "--body", action="append", default=[], metavar="AGS:NAME", help="Körperschaft; mehrfach möglich"
    )
    parser.add_argument("--ars", default="", help="Regionalschlüssel; bei einem Amt 9 Ziffern")
    parser.add_argument(
        "--host", action="append", default=[], help="Host; mehrfach möglich, der erste ist der wichtigste"
    )
    parser.add_argument(
        "--admin-email", help="Adresse der ersten Administratorin oder des ersten Administrators"
    )
    parser.add_argument("--profile", default="", help="Vorlage der Einrichtung")
    parser.add_argument("--modules", help="Module mit Komma getrennt; ohne Angabe alle")
    parser.add_argument(
        "--csv",
        type=Path,
        help=f"Datei mit den Spalten {', '.join(COLUMNS)} (Körperschaften als AGS:NAME|AGS:NAME)",
    )
    parser.add_argument("--retry", metavar="KÜRZEL", help="eine stehen gebliebene Einrichtung fortsetzen")
    parser.add_argument(
        "--discard", metavar="KÜRZEL", help="eine Einrichtung verwerfen, die nie freigeschaltet war"
    )
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
    parser.add_argument("--json", action="store_true", help="Ausgabe für Programme")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.discard:
        return taking_back.run(arguments.discard, as_json=arguments.json)
    if arguments.retry:
        return _retry(arguments.retry, as_json=arguments.json)
    try:
        inputs = read_csv(arguments.csv) if arguments.csv else [_from_options(arguments)]
        if arguments.dry_run:
            return _dry_run(inputs, as_json=arguments.json)
        jobs = request_onboarding(inputs, by=OPERATOR, at=clock.now())
    except OnboardingRefused as refused:
        return _refused(refused.problems, as_json=arguments.json)
    return _carry_out(jobs, as_json=arguments.json)


def _retry(slug: str, *, as_json: bool) -> int:
    tenant = find(slug)
    with context.enter_association():
        job = Job.objects.filter(kind=JOB_KIND, subject=tenant.key).order_by("-pk").first()
        if job is None:
            raise NotFound(f"Zu „{slug}“ gibt es keine Einrichtung.")
        retry(job.pk, by=OPERATOR, at=clock.now())
    return _carry_out([job], as_json=as_json)


def read_csv(path: Path) -> list[OnboardingInput]:
    """The rows of a file with `;` or `,`; a broken one is refused with its number.

    Raises:
        OnboardingRefused: the file or a row cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OnboardingRefused(
            [Problem(field="csv", message=f"Die Datei {path} ist nicht lesbar (UTF-8): {error}")]
        ) from error
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") >= lines[0].count(",") and ";" in lines[0] else ","
    reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise OnboardingRefused(
            [Problem(field="csv", message=f"Es fehlen die Spalten: {', '.join(missing)}.", row=1)]
        )
    try:
        rows = list(reader)
    except csv.Error as error:
        raise OnboardingRefused(
            [Problem(field="csv", message=f"Zeile nicht lesbar: {error}", row=reader.line_num)]
        ) from error
    if not rows:
        raise OnboardingRefused([Problem(field="csv", message="Die Datei enthält keine Kommune.", row=1)])
    broken = [
        Problem(field="csv", message="Die Zahl der Spalten stimmt nicht.", row=number)
        for number, row in enumerate(rows, start=2)
        if None in row or any(value is None for value in row.values())
    ]
    if broken:
        raise OnboardingRefused(broken)
    return [_from_row(number, row) for number, row in enumerate(rows, start=2)]


def _from_row(number: int, row: dict[Any, Any]) -> OnboardingInput:
    modules = row.get("modules") or ""
    return OnboardingInput(
        slug=row["slug"].strip(),
        name=row["name"].strip(),
        kind=row["kind"].strip(),
        ars=(row.get("ars") or "").strip(),
        bodies=tuple(_body(text) for text in row["bodies"].split("|") if text.strip()),
        hosts=tuple(host.strip().lower() for host in row["hosts"].split("|") if host.strip()),
        admin_email=row["admin_email"].strip(),
        profile=(row.get("profile") or "").strip(),
        modules=tuple(name.strip() for name in modules.split("|") if name.strip()) if modules else None,
        row=number,
    )


def _from_options(arguments: argparse.Namespace) -> OnboardingInput:
    missing = [
        f"--{name.replace('_', '-')}"
        for name in ("slug", "name", "kind", "admin_email")
        if not getattr(arguments, name)
    ]
    if missing:
        raise OnboardingRefused(
            [Problem(field="Aufruf", message=f"Es fehlt: {', '.join(missing)} (oder --csv DATEI).")]
        )
    return OnboardingInput(
        slug=arguments.slug,
        name=arguments.name,
        kind=arguments.kind,
        ars=arguments.ars,
        bodies=tuple(map(_body, arguments.body)),
        hosts=tuple(host.lower() for host in arguments.host),
        admin_email=arguments.admin_email,
        profile=arguments.profile,
        modules=tuple(name for name in arguments.modules.split(",") if name)
        if arguments.modules is not None
        else None,
    )


def _body(text: str) -> BodyInput:
    ags, _colon, name = text.strip().partition(":")
    return BodyInput(ags=ags.strip(), name=name.strip())


def _dry_run(inputs: list[OnboardingInput], *, as_json: bool) -> int:
    with context.enter_association():
        problems = check(inputs)
    if problems:
        return _refused(problems, as_json=as_json)
    steps = [{"name": step.name, "label": str(step.label)} for step in provision_steps()]
    if as_json:
        print_json(
            {
                "dry_run": True,
                "municipalities": [{"slug": item.slug, "hosts": item.hosts} for item in inputs],
                "steps": steps,
            }
        )
        return 0
    console = Console()
    for item in inputs:
        console.print(f"[bold]{item.name}[/] ({item.slug}) unter {', '.join(item.hosts)}")
    for position, step in enumerate(steps, start=1):
        console.print(f"  {position}. {step['label']}")
    console.print("Nichts wurde angelegt.")
    return 0


def _carry_out(jobs: list[Job], *, as_json: bool) -> int:
    console = Console(stderr=as_json)
    results: list[dict[str, Any]] = []
    for job in jobs:
        try:
            _until_settled(job)
        except Exception as error:  # noqa: BLE001 (a process border: the other municipalities go on, the reason is shown)
            console.print(f"[red]{job.title}: {error}[/]")
        results.append(_result(job))
        if not as_json:
            _print_result(console, results[-1])
    if as_json:
        print_json({"municipalities": results})
    return 0 if all(result["state"] == "ACTIVE" for result in results) else 1


def _until_settled(job: Job) -> None:
    """Carry it out; where a worker was faster, wait for it, and go on should it die."""
    while not run_onboarding(job.pk) and _is_open(job):
        time.sleep(_LOOK_AGAIN_SECONDS)


def _is_open(job: Job) -> bool:
    with context.enter_association():
        return Job.objects.get(pk=job.pk).is_open


def _result(job: Job) -> dict[str, Any]:
    with context.enter_association():
        tenant = Tenant.objects.prefetch_related("domains").get(schema_name=job.subject)
        steps = JobStep.objects.filter(job=job)
        host = serving_hosts(tenant)[0]
        return {
            "slug": tenant.slug,
            "key": tenant.key,
            "state": tenant.state,
            "url": settings.VERBUND.url(host.domain),
            "steps": [
                {"name": step.name, "label": step.label, "state": step.state, "message": step.message}
                for step in steps
            ],
        }


def _print_result(console: Console, result: dict[str, Any]) -> None:
    mark = "[green]✓[/]" if result["state"] == "ACTIVE" else "[red]✗[/]"
    console.print(f"{mark} {result['slug']} ({result['key']}) {result['url']}")
    for step in result["steps"]:
        if step["message"]:
            console.print(f"    {step['label']}: {step['message']}")


def _refused(problems: Any, *, as_json: bool) -> int:
    if as_json:
        print_json(
            {
                "refused": [
                    {"row": problem.row, "field": problem.field, "message": problem.message}
                    for problem in problems
                ]
            }
        )
        return 2
    for problem in problems:
        place = f"Zeile {problem.row}, " if problem.row else ""
        sys.stderr.write(f"{place}{problem.field}: {problem.message}\n")
    sys.stderr.write("Nichts wurde angelegt.\n")
    return 2
