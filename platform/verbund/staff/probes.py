# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox as a clerk sees it, and the municipality's own data as its administration does."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from tenants.archive import folders, orders
from tenants.models import ArchiveOrder
from verbund.accounts.api import actor_for
from verbund.cases import deputies, saved, spine
from verbund.cases.phases import Phase
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ADMIN, _CLERK = "administrator", "clerk"
_START, _DEPUTIES = "/verwaltung/", "/verwaltung/vertretung/"
_KIND = "public.feedback"
_ARCHIVES = "/verwaltung/eigene-daten/"


def _written(stage: Stage) -> ArchiveOrder:
    """An archive that lies ready. It is never open to a worker, which would write the real one."""
    content = f"verschlossen {stage.canary}".encode()
    now = clock.now()
    with transaction.atomic():
        job = orders.order_archive(receiver_pem="", by=SYSTEM, at=now)
        with context.enter_association():
            Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
            order = ArchiveOrder.objects.get(job_id=job.pk)
            order.made_at, order.expires_at = now, now + timedelta(days=1)
            order.size_bytes, order.rows, order.files = len(content), 1, 0
            order.save()
    path = folders.path_of(order)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return order


def _archives(rest: str = "") -> Probe:
    def probe(stage: Stage) -> Ask:
        stage.once("staff.archive", _written)
        return Ask(path=f"{_ARCHIVES}{rest}", role=_ADMIN)

    return probe


def _order(_stage: Stage) -> Ask:
    return Ask(path=_ARCHIVES, role=_ADMIN, data={"receiver": ""})


def _case(stage: Stage) -> str:
    """A case of a kind that no module has to write into a timeline of its own."""
    number = secrets.randbelow(10**9) + 10**9
    facts = spine.Facts(
        subject=f"Vorgang {stage.canary}", state="WAITING", phase=Phase.OPEN, received_at=clock.now()
    )
    return spine.open_case(kind=_KIND, facts=facts, at=clock.now(), reference=f"BF-{number}").reference


def _inbox(path: str, *, shows: bool = True) -> Probe:
    def probe(stage: Stage) -> Ask:
        stage.once("staff.case", _case)
        return Ask(path=path, role=_CLERK, shows=shows)

    return probe


def _bulk(path: str, data: Callable[[Stage], dict[str, str]]) -> Probe:
    def probe(stage: Stage) -> Ask:
        return Ask(path=path, role=_CLERK, data={"vorgang": _case(stage), **data(stage)})

    return probe


def _assigned(stage: Stage) -> dict[str, str]:
    return {"zuweisen-person": str(stage.person(_ADMIN).pk)}


def _put_off(_stage: Stage) -> dict[str, str]:
    return {"ablage-until": (clock.today() + timedelta(days=7)).isoformat()}


def _view(stage: Stage) -> int:
    by = actor_for(stage.person(_CLERK))
    return saved.save_view(
        name=f"Ansicht {stage.canary}", query={"q": stage.canary}, by=by, at=clock.now()
    ).pk


def _save_view(stage: Stage) -> Ask:
    data = {"ansicht-name": f"Neu {stage.canary}", "q": stage.canary}
    return Ask(path=f"{_START}eingang/ansichten/", role=_CLERK, data=data)


def _deputy(stage: Stage) -> int:
    return deputies.arrange_deputy(
        person_id=stage.person(_CLERK).pk,
        deputy_id=stage.person(_ADMIN).pk,
        from_on=clock.today(),
        until_on=clock.today(),
        by=SYSTEM,
        at=clock.now(),
    ).pk


def _show_deputies(stage: Stage) -> Ask:
    stage.once("staff.deputy", _deputy)
    return Ask(path=_DEPUTIES, role=_CLERK)


def _arrange(stage: Stage) -> Ask:
    today = clock.today().isoformat()
    data = {
        "vertretung-person": str(stage.person(_CLERK).pk),
        "vertretung-deputy": str(stage.person(_ADMIN).pk),
        "vertretung-from_on": today,
        "vertretung-until_on": today,
    }
    return Ask(path=_DEPUTIES, role=_CLERK, data=data)


PROBES: dict[str, Probe] = {
    "GET staff-staff:arrivals": _inbox(f"{_START}eingang/neu/", shows=False),
    "POST staff-staff:assign": _bulk(f"{_START}eingang/zuweisen/", _assigned),
    "POST staff-staff:put-off": _bulk(f"{_START}eingang/wiedervorlage/", _put_off),
    "POST staff-staff:undo": lambda _stage: Ask(
        path=f"{_START}eingang/rueckgaengig/", role=_CLERK, writes=False
    ),
    "POST staff-staff:save-view": _save_view,
    "POST staff-staff:remove-view": lambda stage: Ask(
        path=f"{_START}eingang/ansichten/{_view(stage)}/entfernen/", role=_CLERK
    ),
    "GET staff-staff:deputies": _show_deputies,
    "POST staff-staff:deputies": _arrange,
    "POST staff-staff:end-deputy": lambda stage: Ask(
        path=f"{_DEPUTIES}{_deputy(stage)}/beenden/", role=_CLERK
    ),
    "GET staff-staff:inbox": _inbox(_START),
    "GET staff-staff:archives": _archives(),
    "POST staff-staff:archives": Rehearsed(_order),
    "GET staff-staff:archives-fragment": _archives("stand/"),
    "GET staff-staff:archive-download": lambda stage: Ask(
        path=f"{_ARCHIVES}{_written(stage).pk}/", role=_ADMIN, shows=True
    ),
}
