# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`verbund onboard --discard`: take back an onboarding that never served anybody."""

from __future__ import annotations

import time

from rich.console import Console

from tenants.commands.members import OPERATOR, find, print_json
from tenants.discarding import request_discard, run_discard
from verbund.jobs.models import Job, State
from verbund.kernel import clock, context

_LOOK_AGAIN_SECONDS = 0.5
_MARKS = {State.DONE: "[green]✓[/]", State.FAILED: "[red]✗[/]"}


def run(slug: str, *, as_json: bool) -> int:
    """0: nothing is left; 1: a step failed, and asking again goes on there."""
    job = request_discard(number=find(slug).number, by=OPERATOR, at=clock.now())
    while not run_discard(job.pk) and _job(job.pk).is_open:
        time.sleep(_LOOK_AGAIN_SECONDS)
    done = _job(job.pk)
    with context.enter_association():
        steps = list(done.steps.all())
    if as_json:
        rows = [
            {"name": step.name, "label": step.label, "state": step.state, "message": step.message}
            for step in steps
        ]
        print_json({"slug": slug, "discarded": done.state == State.DONE, "steps": rows})
    else:
        console = Console()
        for step in steps:
            console.print(f"{_MARKS.get(State(step.state), ' ')} {step.label} {step.message}".rstrip())
        console.print(f"{slug} ist verworfen." if done.state == State.DONE else "Erneut: derselbe Befehl.")
    return 0 if done.state == State.DONE else 1


def _job(job_id: int) -> Job:
    with context.enter_association():
        return Job.objects.get(pk=job_id)
