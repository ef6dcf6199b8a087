# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings a municipality out of an archive: an onboarding whose data come from there instead of from templates.

Everything that can be wrong is looked for first; a refused archive leaves nothing behind. Then the steps of onboarding run
with four more between them; those that find their work done by the archive's data do nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants import onboarding
from tenants.archive import loading
from tenants.archive.container import read_head
from tenants.archive.errors import ArchiveRefused
from tenants.archive.manifest import Manifest
from tenants.archive.reading import Archive
from tenants.archive.receivers import open_here
from tenants.models import Body, Host, OnboardingRequest, Restoration, Tenant
from tenants.onboarding_input import BodyInput, OnboardingInput, OnboardingRefused, check
from tenants.states import State
from tenants.transitions import move
from verbund.audit import api as audit
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import Step, claim, open_job, run_steps
from verbund.kernel import clock, context, registry
from verbund.kernel.actors import Actor
from verbund.kernel.context import municipality_key
from verbund.kernel.language import official_language
from verbund.kernel.sorting import sort_key

JOB_KIND: Final = "tenants.restore"
_NOBODY: Final = "niemand@archiv.example"

_OWN: Final[tuple[tuple[str, Any, int], ...]] = (
    ("archive_data", gettext_lazy("Tabellen, Schlüssel und Zugangsdaten einlesen"), 205),
    ("archive_files", gettext_lazy("Dateien einlesen"), 305),
    ("archive_compare", gettext_lazy("Mit dem Archiv vergleichen"), 890),
    ("archive_note", gettext_lazy("In das Verzeichnis der Kommunen eintragen"), 950),
)
_CREATE: Final = "database"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Under which names it shall come back; empty: those of the archive."""

    slug: str = ""
    name: str = ""
    hosts: tuple[str, ...] = ()


def read_archive(path: Path) -> tuple[Archive, Manifest]:
    """Open an archive for this installation and read all of it.

    Raises:
        ArchiveRefused: and its kinds: no archive, damaged, for somebody else, of another version.
        VaultUnavailable: Vault is away.
    """
    head = read_head(path)
    if not isinstance(head.get("key"), dict):
        raise ArchiveRefused
    archive = Archive(path, open_here(head["key"]))
    manifest = archive.check()
    loading.check_structure(manifest)
    return archive, manifest


def request_restore(path: Path, wanted: Wanted, *, by: Actor, at: datetime) -> Job:
    """Check everything and write the registry's rows and a job; asked again for one that stopped, that one goes on.

    Raises:
        ArchiveRefused: the archive; nothing was made.
        OnboardingRefused: slug or host; nothing was made.
    """
    _archive, manifest = read_archive(path)
    item = _input(manifest, wanted)
    with context.enter_association(), transaction.atomic():
        stopped = _stopped(item.slug, manifest)
        if stopped is not None:
            return _again(stopped, path, by=by, at=at)
        problems = check([item])
        taken = {body.ags for body in item.bodies} & set(
            Body.objects.filter(valid_to=None).values_list("ags", flat=True)
        )
        refused = [problem for problem in problems if problem.field != "body" or not taken]
        if refused:
            raise OnboardingRefused(refused)
        return _write(item, manifest, path, taken=taken, by=by, at=at)


def run_restore(job_id: int) -> bool:
    """Carry a requested restoration out, or go on where it stopped; True when the municipality serves."""
    job = claim(job_id, at=clock.now())
    if job is None:
        return False
    number = int(job.subject.removeprefix("m_"))
    with context.enter_association():
        restoration = Restoration.objects.get(tenant_id=number)
    operator = Actor(kind="system", role="operator", acting_for=job.requested_by)
    if not onboarding.has_begun(number):
        move(number=number, wanted=State.PROVISIONING, by=operator, at=clock.now())
    try:
        archive, manifest = read_archive(Path(restoration.path))
        reached = run_steps(job, _steps(number, archive, manifest, job.requested_by))
    except Exception:
        onboarding.note_failure(job, number, by=operator)
        raise
    if reached == JobState.FAILED:
        onboarding.note_failure(job, number, by=operator)
    return reached == JobState.DONE


def _steps(number: int, archive: Archive, manifest: Manifest, requested_by: str) -> list[Step]:
    work: dict[str, tuple[Callable[[], bool], Callable[[], None]]] = {
        "archive_data": (_never, partial(loading.load_data, number, archive, manifest)),
        "archive_files": (_never, partial(loading.load_files, number, archive)),
        "archive_compare": (_never, partial(loading.compare, number, manifest)),
        "archive_note": (_never, partial(loading.note, number)),
        _CREATE: (partial(loading.data_are_done, number), partial(loading.make_schema, number, manifest)),
    }  # fmt: skip
    steps: list[tuple[int, str, Step]] = []
    for own in onboarding.provision_steps():
        bound = onboarding.bound(own, number, requested_by)
        if own.name == _CREATE:
            is_done, run = work[_CREATE]
            bound = Step(name=own.name, label=bound.label, is_done=is_done, run=run)
        steps.append((own.order, own.name, bound))
    for name, label, order in _OWN:
        is_done, run = work[name]
        steps.append((order, name, Step(name=name, label=str(label), is_done=is_done, run=run)))
    return [step for _order, _name, step in sorted(steps, key=lambda item: item[:2])]


def _names() -> list[tuple[str, str]]:
    with official_language():
        steps = [(step.order, step.name, str(step.label)) for step in onboarding.provision_steps()]
        steps += [(order, name, str(label)) for name, label, order in _OWN]
        return [(name, label) for _order, name, label in sorted(steps)]


def _input(manifest: Manifest, wanted: Wanted) -> OnboardingInput:
    source = manifest.source
    try:
        hosts = wanted.hosts or tuple(source["hosts"])
        modules = {spec.slug for spec in registry.modules()}
        return OnboardingInput(
            slug=wanted.slug or source["slug"],
            name=wanted.name or source["name"],
            kind=source["kind"],
            ars=source["ars"],
            bodies=tuple(BodyInput(ags=body["ags"], name=body["name"]) for body in source["bodies"]),
            hosts=tuple(host.lower() for host in hosts),
            admin_email=_NOBODY,
            modules=tuple(name for name in source["modules"] if name in modules),
        )
    except (KeyError, TypeError, AttributeError):
        raise ArchiveRefused from None


def _stopped(slug: str, manifest: Manifest) -> Restoration | None:
    return (
        Restoration.objects.select_related("tenant")
        .filter(
            tenant__slug=slug,
            tenant__state__in=[State.REQUESTED, State.PROVISIONING, State.FAILED],
            data_sha256=manifest.data_sha256,
        )
        .first()
    )


def _again(restoration: Restoration, path: Path, *, by: Actor, at: datetime) -> Job:
    Restoration.objects.filter(pk=restoration.pk).update(path=str(path.absolute()))
    job = Job.objects.select_for_update().get(pk=restoration.job_id)
    if job.state == JobState.FAILED:
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, created_at=at, finished_at=None)
        audit.record(
            action="tenants.restoration.retried",
            subject=f"tenants.tenant:{restoration.tenant_id}",
            by=by,
            at=at,
        )
    return job


def _write(
    item: OnboardingInput, manifest: Manifest, path: Path, *, taken: set[str], by: Actor, at: datetime
) -> Job:
    number = onboarding.next_number()
    key, requested_by = municipality_key(number), by.id or by.kind
    tenant = Tenant(
        number=number,
        schema_name=key,
        slug=item.slug,
        name=item.name.strip(),
        sort_key=sort_key(item.name.strip()),
        kind=item.kind,
        ars=item.ars,
        state=State.REQUESTED,
        profile=manifest.source["profile"],
        theme=manifest.source["theme"],
        requested_at=at,
        origin=manifest.origin,
        restored_at=at,
        borrowed_bodies=[body for body in manifest.source["bodies"] if body["ags"] in taken],
    )
    tenant.save(force_insert=True)
    for position, host in enumerate(item.hosts):
        Host.objects.create(tenant=tenant, domain=host, is_primary=position == 0)
    for body in manifest.source["bodies"]:
        if body["ags"] in taken:
            continue  # a body has one member; a copy beside its origin shows it without having it
        Body.objects.create(
            tenant=tenant,
            ags=body["ags"],
            ars=body["ars"],
            name=body["name"],
            valid_from=clock.day_of(at),
        )
    title = _("%(name)s wiederherstellen") % {"name": item.name}
    job = open_job(kind=JOB_KIND, subject=key, title=title, steps=_names(), requested_by=requested_by, at=at)
    OnboardingRequest.objects.create(
        tenant=tenant, job_id=job.pk, requested_by=requested_by, modules=list(item.modules or ())
    )
    Restoration.objects.create(
        tenant=tenant,
        job_id=job.pk,
        path=str(path.absolute()),
        data_sha256=manifest.data_sha256,
        source=manifest.source | {"origin": manifest.origin, "made_at": manifest.made_at},
        requested_at=at,
    )
    audit.record(
        action="tenants.restoration.requested",
        subject=f"tenants.tenant:{number}",
        by=by,
        changes={
            "slug": item.slug,
            "hosts": list(item.hosts),
            "from": manifest.source["slug"],
            "data_sha256": manifest.data_sha256,
        },
        at=at,
    )
    return job


def _never() -> bool:
    return False
