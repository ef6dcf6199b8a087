# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The weighing steps of a member's life and its keys, as operators take them."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from tenants import changes, directory
from tenants.keys import renewal
from tenants.master_data import Wanted
from tenants.models import BackupKind, BackupRun, Departure, Tenant
from tenants.onboarding import next_number
from tenants.states import State
from verbund.jobs.models import Job
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import municipality_key
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_OPERATOR = "operator"


def _newest() -> Tenant:
    """One of the municipalities made for the proof."""
    return Tenant.objects.filter(state__in=[State.ACTIVE, State.SUSPENDED]).order_by("-number")[0]


def _at(rest: str) -> str:
    return f"/kommunen/{_newest().slug}/{rest}/"


def _look(rest: str) -> Probe:
    return lambda _stage: Ask(path=_at(rest), role=_OPERATOR)


def _suspend(_stage: Stage) -> Ask:
    data = {"reason": "Nachweis", "confirmation": _newest().slug}
    return Ask(path=_at("aussetzen"), role=_OPERATOR, data=data)


def _resume(_stage: Stage) -> Ask:
    """After the probe before it, which has suspended this one."""
    return Ask(path=_at("oeffnen"), role=_OPERATOR, data={"reason": "Nachweis"})


def _extra(letter: str, state: State) -> Tenant:
    """A member that is only a row; the proof removes it with the others."""
    number = next_number()
    return Tenant.objects.create(
        number=number,
        schema_name=municipality_key(number),
        slug=f"nachweis-{secrets.token_hex(3)}-{letter}",
        name=f"Nachweis {letter.upper()}",
        sort_key=f"nachweis {letter}",
        kind="gemeinde",
        state=state,
        requested_at=clock.now(),
    )


def _failed(_stage: Stage) -> str:
    """One whose onboarding has failed; no worker goes on with it."""
    return _extra("c", State.FAILED).slug


def _departed(_stage: Stage) -> int:
    """One that has left, with its record of deletion."""
    now = clock.now()
    with transaction.atomic():  # unfinished, a worker would go on with it
        tenant = _extra("d", State.ARCHIVED)
        Departure.objects.create(
            tenant=tenant,
            slug=tenant.slug,
            name=tenant.name,
            reason="Nachweis",
            requested_by=SYSTEM.kind,
            requested_at=now,
            drop_after=now,
            finished_at=now,
            record_pdf=b"%PDF-1.7\n%%EOF\n",
        )
    return tenant.number


def _after_departure(rest: str = "") -> Probe:
    return lambda stage: Ask(
        path=f"/ausgeschieden/{stage.once('console.departed', _departed)}/{rest}", role=_OPERATOR
    )


def _confirmed(slug: str) -> dict[str, str]:
    return {"reason": "Nachweis", "confirmation": slug}


def _leave(_stage: Stage) -> Ask:
    return Ask(path=_at("austritt"), role=_OPERATOR, data=_confirmed(_newest().slug))


def _backup(_stage: Stage) -> BackupRun:
    """As the registry knows one; there is no file, for nobody is put back here."""
    now = clock.now()
    return BackupRun.objects.create(
        tenant=_newest(), kind=BackupKind.BACKUP, started_at=now, finished_at=now, is_ok=True, name="nachweis"
    )


def _restore(stage: Stage, *, sends: bool) -> Ask:
    path = _at(f"sicherungen/{_backup(stage).pk}/wiederherstellen")
    return Ask(path=path, role=_OPERATOR, data=_confirmed(_newest().slug) if sends else {})


def _discard(stage: Stage, *, sends: bool) -> Ask:
    slug = stage.once("console.failed", _failed)
    return Ask(path=f"/kommunen/{slug}/verwerfen/", role=_OPERATOR, data=_confirmed(slug) if sends else {})


def _change(_stage: Stage) -> Ask:
    """A new name, at once; the form sends everything else as it is."""
    tenant = _newest()
    served = tenant.bodies.filter(valid_to=None)
    data = {
        "name": f"{tenant.name} neu",
        "slug": tenant.slug,
        "ars": tenant.ars,
        "hosts": "\n".join(host.domain for host in directory.serving_hosts(tenant)),
        "bodies": "\n".join(f"{body.ags} {body.name}" for body in served),
        "takes_effect_on": clock.today().isoformat(),
        "reason": "Nachweis",
    }
    return Ask(path=_at("stammdaten"), role=_OPERATOR, data=data)


def _withdraw(_stage: Stage) -> Ask:
    wanted = Wanted(takes_effect_on=clock.today() + timedelta(days=9), name="Nachweis N")
    found = changes.request_change(
        number=_newest().number, wanted=wanted, by=SYSTEM, at=clock.now(), reason="Nachweis"
    )
    return Ask(path=_at(f"stammdaten/{found.pk}/zurueck"), role=_OPERATOR)


def _job(rest: str) -> Probe:
    def probe(_stage: Stage) -> Ask:
        job = Job.objects.filter(subject=_newest().key).order_by("pk")[0]
        return Ask(path=f"/auftraege/{job.pk}/{rest}", role=_OPERATOR)

    return probe


def _renew(_stage: Stage) -> Ask:
    return Ask(path="/schluessel/erneuern/", role=_OPERATOR, data={"slug": _newest().slug})


def _retry(_stage: Stage) -> Ask:
    Job.objects.filter(kind__contains="renew", subject=_newest().key).update(state="FAILED")
    job = Job.objects.filter(kind__contains="renew", subject=_newest().key).order_by("pk").last()
    if job is None:
        job = renewal.request_renewal(slug=_newest().slug, by=SYSTEM, at=clock.now())
        Job.objects.filter(pk=job.pk).update(state="FAILED")
    return Ask(path=f"/schluessel/{job.pk}/erneut/", role=_OPERATOR)


LIFE: dict[str, Probe] = {
    "GET console-association:suspend": _look("aussetzen"),
    "POST console-association:suspend": _suspend,
    "GET console-association:resume": _look("oeffnen"),
    "POST console-association:resume": _resume,
    "GET console-association:discard": lambda stage: _discard(stage, sends=False),
    "POST console-association:discard": Rehearsed(lambda stage: _discard(stage, sends=True)),
    "GET console-association:leave": _look("austritt"),
    "POST console-association:leave": Rehearsed(_leave),
    "GET console-association:backups": _look("sicherungen"),
    "GET console-association:backup-restore": lambda stage: _restore(stage, sends=False),
    "POST console-association:backup-restore": Rehearsed(lambda stage: _restore(stage, sends=True)),
    "GET console-association:departure": _after_departure(),
    "GET console-association:deletion-record": _after_departure("loeschprotokoll.pdf"),
    "GET console-association:doctor": _look("pruefung"),
    "GET console-association:change": _look("stammdaten"),
    "POST console-association:change": Rehearsed(_change),
    "POST console-association:withdraw-change": _withdraw,
    "GET console-association:job": _job(""),
    "GET console-association:job-fragment": _job("stand/"),
    "GET console-association:keys": lambda _stage: Ask(path="/schluessel/", role=_OPERATOR),
    "GET console-association:keys-fragment": lambda _stage: Ask(path="/schluessel/stand/", role=_OPERATOR),
    "POST console-association:keys-renew": _renew,
    "POST console-association:keys-retry": _retry,
}
COMMANDS: dict[str, str] = {
    "audit anchors": "liest die Anker der Ketten, keine Einträge",
    "tenants show": "zeigt das Verzeichnis des Verbands",
    "tenants suspend": "setzt eine Kommune aus, liest keine Zeile von ihr",
    "tenants resume": "öffnet eine Kommune wieder, liest keine Zeile von ihr",
    "tenants doctor": "meldet Zahlen und Zustände je Kommune, jede in ihrem eigenen Schema",
    "tenants change": "ändert Stammdaten im Verzeichnis des Verbands",
    "vault rotate": "erneuert das Kennwort der Datenbank",
    "vault rotate-keys": "erneuert Schlüssel, jede Kommune in ihrem eigenen Schema",
    "vault audit-check": "prüft die Protokolle von Vault",
}
