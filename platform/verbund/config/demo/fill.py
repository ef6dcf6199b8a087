# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fills an installation for the demo: structure, municipalities, accounts, examples. Safe to repeat.

Runs in a process of its own with the owner's login and writes one line of JSON for each bit of progress.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

django.setup()

from django.conf import settings  # noqa: E402 (Django has to be ready first)
from django.core.management import call_command  # noqa: E402

from tenants import directory  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tenants.onboarding import JOB_KIND, request_onboarding, retry, run_onboarding  # noqa: E402
from tenants.schema_engine.migrations import migrate_all  # noqa: E402
from verbund.config.demo import access, accounting, books, letterheads, members  # noqa: E402
from verbund.jobs.models import Job, State  # noqa: E402
from verbund.jobs.progress import give_up_all  # noqa: E402
from verbund.kernel import clock, context, registry  # noqa: E402
from verbund.kernel.actors import SYSTEM  # noqa: E402
from verbund.kernel.context import Municipality  # noqa: E402
from verbund.public.provision import make_association_examples  # noqa: E402


def main() -> int:
    """Everything the demo needs before its processes start."""
    with _step("Datenbank auf den Stand bringen"):
        if stayed := migrate_all().stayed:
            raise SystemExit(f"Die Datenbank von {', '.join(stayed)} ließ sich nicht auf den Stand bringen.")
    with _step("Statische Dateien bereitlegen"):
        call_command("collectstatic", interactive=False, verbosity=0)
    _onboard()
    _resume()
    _examples()
    with _step("Texte des Verbands anlegen"):
        make_association_examples(at=clock.now())
    with _step("Den letzten Monat abrechenbar machen"):
        books.make_books(at=clock.now(), today=clock.today())
        letterheads.make_letterheads(at=clock.now())
        accounting.make_accounts(at=clock.now())
    with _step("Zugänge einrichten"):
        access.write(directory.active())
    return 0


def _onboard() -> None:
    wanted = members.chosen_members()
    with context.enter_association():
        known = set(Tenant.objects.values_list("slug", flat=True))
        missing = [item for item in wanted if item.slug not in known]
        jobs = request_onboarding(missing, by=SYSTEM, at=clock.now()) if missing else []
    for done, job in enumerate(jobs, start=1):
        run_onboarding(job.pk)
        _say("Kommunen aufnehmen", done, len(jobs))


def _resume() -> None:
    """Go on with what a killed start left behind or what failed; no worker runs yet, so every job is nobody's."""
    now = clock.now()
    with context.enter_association():
        for job in _failed():
            retry(job.pk, by=SYSTEM, at=now)
    jobs = give_up_all(JOB_KIND, at=now)
    for done, job_id in enumerate(jobs, start=1):
        run_onboarding(job_id)
        _say("Begonnene Aufnahmen fortsetzen", done, len(jobs))
    with context.enter_association():
        for job in _failed():
            raise SystemExit(f"{job.title}: {job.message}")


def _failed() -> list[Job]:
    """The demo's own; one that somebody has tried out may wait for that person."""
    slugs = [item.slug for item in members.chosen_members()]
    keys = Tenant.objects.filter(slug__in=slugs).values_list("schema_name", flat=True)
    return list(Job.objects.filter(kind=JOB_KIND, state=State.FAILED, subject__in=list(keys)))


def _examples() -> None:
    """Let every package fill every demo municipality; each knows itself whether it has."""
    slugs = {item.slug for item in members.chosen_members()}
    towns = [municipality for municipality in directory.active() if municipality.slug in slugs]
    samples = [registry.load(spec.sample) for spec in registry.all_specs() if spec.sample]
    for done, municipality in enumerate(towns, start=1):
        _fill_one(municipality, samples)
        _say("Beispiele anlegen", done, len(towns))


def _fill_one(municipality: Municipality, samples: list[object]) -> None:
    with context.enter(municipality):
        for sample in samples:
            sample(municipality)  # type: ignore[operator]  # checked by a conformance test


@contextmanager
def _step(name: str) -> Iterator[None]:
    _say(name, 0, 1)
    yield
    _say(name, 1, 1)


def _say(name: str, done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"name": name, "done": done, "total": total}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if settings.VERBUND.mode == "production":
        raise SystemExit("Beispieldaten gehören nicht in eine echte Installation.")
    raise SystemExit(main())
