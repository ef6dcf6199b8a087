# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two municipalities the proof is made with: onboarded like any other, and removed without a trace."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.archive import folders
from tenants.bodies_list import known_bodies
from tenants.database.targets import as_owner
from tenants.models import Body, Tenant
from tenants.onboarding import provision_steps, request_onboarding, run_onboarding
from tenants.onboarding_input import BodyInput, OnboardingInput
from tenants.states import State
from verbund.audit import api as audit
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock, context, registry
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import PROOF_SLUG, Municipality
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import StepContext
from verbund.kernel.specs import AppScope
from verbund.places.basemap import body_shapes

MARK = PROOF_SLUG


@contextmanager
def two_municipalities() -> Iterator[tuple[str, str]]:
    """Their slugs; whatever happens, they are removed afterwards, also those an earlier run has left."""
    remove_left()
    try:
        yield _make("a"), _make("b")
    finally:
        remove_left()


def remove_left() -> list[str]:
    """Remove every municipality of a proof; returns their keys."""
    with context.enter_association():
        left = list(Tenant.objects.filter(slug__startswith=MARK).order_by("number"))
    for tenant in left:
        _remove(tenant)
    return [tenant.key for tenant in left]


def _make(letter: str) -> str:
    slug = f"{MARK}{secrets.token_hex(3)}-{letter}"
    with context.enter_association():
        taken = set(Body.objects.filter(valid_to=None).values_list("ags", flat=True))
    drawn = body_shapes()
    free = next(
        (body for body in known_bodies().values() if body.ags in drawn and body.ags not in taken), None
    )
    if free is None:
        raise Conflict(_("Für den Nachweis fehlen zwei Körperschaften, die noch zu keinem Mitglied gehören."))
    suffixes = settings.VERBUND.allowed_host_suffixes
    domain = suffixes[0].lstrip(".") if suffixes else settings.VERBUND.base_domain
    wish = OnboardingInput(
        slug=slug,
        name=f"Nachweis {letter.upper()}",
        kind=free.kind,
        ars=free.ars,
        bodies=(BodyInput(ags=free.ags, name=free.name),),
        hosts=(f"{slug}.{domain}",),
        admin_email="it@nachweis.example",
    )
    job = request_onboarding([wish], by=SYSTEM, at=clock.now())[0]
    if not run_onboarding(job.pk):
        with context.enter_association():
            reason = Job.objects.values_list("message", flat=True).get(pk=job.pk)
        raise Conflict(
            _("Die Kommune für den Nachweis ließ sich nicht einrichten: %(reason)s") % {"reason": reason}
        )
    return slug


def _remove(tenant: Tenant) -> None:
    """Take every step of the onboarding back; nobody has ever lived there."""
    with context.enter_association():
        municipality = directory.describe(tenant)
        Tenant.objects.filter(pk=tenant.pk).update(state=State.PROVISIONING)
    directory.forget()
    step = StepContext(municipality=municipality, at=clock.now(), has_been_active=False)
    with context.enter_association():
        begun = JobStep.objects.filter(job__subject=municipality.key, started_at__isnull=False)
        to_undo = set(begun.values_list("name", flat=True))
    for planned in reversed(provision_steps()):
        if planned.name in to_undo:  # where the schema was never made there is nothing to enter
            registry.load(planned.undo)(step)  # type: ignore[operator]  # checked by a conformance test
    _forget(municipality)


def _forget(municipality: Municipality) -> None:
    """Everything the association keeps of it, but for the record of what was done."""
    number, key = municipality.number, municipality.key
    folders.remove_all_of(key)  # a nightly backup may have come by
    with as_owner(context.ASSOCIATION.key), transaction.atomic(), connection.cursor() as cursor:
        for table, column, value in _rows_of(number, key):
            where = f"FROM {connection.ops.quote_name(table)} WHERE {connection.ops.quote_name(column)} = %s"
            cursor.execute(f"SELECT EXISTS (SELECT {where})", [value])
            # A table that is only added to refuses the statement itself, also where it would find nothing.
            if cursor.fetchone() == (True,):
                cursor.execute(f"DELETE {where}", [value])
    with context.enter_association(), transaction.atomic():
        audit.record(
            action="tenants.tenant.removed",
            subject=f"tenants.tenant:{number}",
            by=SYSTEM,
            reason="Nachweis der Mandantentrennung",
            at=clock.now(),
        )
    directory.forget()


def _rows_of(number: int, key: str) -> list[tuple[str, str, int]]:
    """Tables of the association with a column that names a municipality; the registry's own row last."""
    names = set(registry.apps(AppScope.ASSOCIATION, AppScope.BOTH))
    with context.enter_association():
        jobs = list(Job.objects.filter(subject=key).values_list("pk", flat=True))
    rows: list[tuple[str, str, int]] = []
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name in names else ():
            table, fields = model._meta.db_table, model._meta.concrete_fields  # noqa: SLF001 (Django's public name)
            columns = {str(field.column) for field in fields}
            if model not in {Tenant, Job}:
                rows += [(table, column, number) for column in columns & {"tenant_id", "tenant"}]
            if model is JobStep:
                rows += [(table, "job_id", pk) for pk in jobs]
    rows += [("jobs_job", "id", pk) for pk in jobs]
    return [*rows, ("tenants_tenant", "number", number)]
