# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding in the background: only the worker on the queue `provisioning` may do it."""

from __future__ import annotations

from celery import shared_task

from tenants.archive import backups, in_place, orders
from tenants.changes import apply_due
from tenants.discarding import JOB_KIND as DISCARD_KIND
from tenants.discarding import run_discard
from tenants.doctor import examine_and_note
from tenants.keys import renewal
from tenants.leaving import departures
from tenants.onboarding import JOB_KIND, run_onboarding
from tenants.schema_engine import spares
from tenants.states import WITH_DATA
from verbund.jobs.progress import stale_jobs
from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.vault import handover

_LONG = 6 * 3600

# Encrypting all data of a large municipality anew takes longer than other tasks may. The broker then gives the
# message out a second time, and whoever takes it finds the job claimed.
_RENEWAL_SECONDS = 6 * 3600


@shared_task(base=AssociationTask, name="tenants.onboard")
def onboard(job_id: int) -> None:
    run_onboarding(job_id)
    refill_spares.delay()


@shared_task(base=AssociationTask, name="tenants.discard")
def discard(job_id: int) -> None:
    run_discard(job_id)


@shared_task(base=AssociationTask, name="tenants.resume_onboarding")
def resume_onboarding() -> None:
    """Go on with onboardings, and with taking one back, whose message or worker was lost."""
    for job_id in stale_jobs(JOB_KIND, at=clock.now()):
        run_onboarding(job_id)
    for job_id in stale_jobs(DISCARD_KIND, at=clock.now()):
        run_discard(job_id)


# Not below `tenants.`: that goes to the worker with the owner's login, and looking needs no such right.
@shared_task(base=MunicipalityTask, name="doctor.examine", states=WITH_DATA)
def examine() -> str:
    """Look at one municipality and keep what was found; returns how it is."""
    return examine_and_note(context.current_municipality()).level


@shared_task(base=AssociationTask, name="tenants.refill_spares")
def refill_spares() -> int:
    """Make the schemas that are missing in the reserve; after an onboarding, and where one took place elsewhere."""
    return spares.refill()


@shared_task(
    base=AssociationTask,
    name="tenants.renew_keys",
    soft_time_limit=_RENEWAL_SECONDS,
    time_limit=_RENEWAL_SECONDS + 60,
)
def renew_keys(job_id: int) -> None:
    renewal.run_renewal(job_id)


@shared_task(
    base=AssociationTask,
    name="tenants.resume_renewals",
    soft_time_limit=_RENEWAL_SECONDS,
    time_limit=_RENEWAL_SECONDS + 60,
)
def resume_renewals() -> None:
    """Go on with renewals whose message or worker was lost."""
    for job_id in stale_jobs(renewal.JOB_KIND, at=clock.now()):
        renewal.run_renewal(job_id)


@shared_task(base=MunicipalityTask, name="tenants.take_credentials", states=WITH_DATA)
def take_credentials() -> int:
    """Put credentials a municipality's page has taken into Vault; how many."""
    return handover.move_all()


@shared_task(base=AssociationTask, name="tenants.apply_changes")
def apply_changes() -> int:
    """Put changes of master data into effect whose day has come; returns how many."""
    return apply_due(at=clock.now())


# An archive takes as long as its files: longer than the broker waits, which then delivers the message a second time.
# The second finds the job's heartbeat, and ends at once.
@shared_task(base=AssociationTask, name="tenants.offboard", time_limit=_LONG, soft_time_limit=_LONG - 60)
def offboard(job_id: int) -> None:
    departures.run_departure(job_id)


@shared_task(base=AssociationTask, name="tenants.export", time_limit=_LONG, soft_time_limit=_LONG - 60)
def export(job_id: int) -> None:
    orders.run_export(job_id)


@shared_task(
    base=AssociationTask, name="tenants.go_on_exporting", time_limit=_LONG, soft_time_limit=_LONG - 60
)
def go_on_exporting() -> None:
    """Orders whose message or worker was lost; and files whose time is over go."""
    for job_id in orders.waiting(at=clock.now()):
        orders.run_export(job_id)
    orders.remove_expired(at=clock.now())


@shared_task(
    base=AssociationTask, name="tenants.restore_in_place", time_limit=_LONG, soft_time_limit=_LONG - 60
)
def restore_in_place(job_id: int) -> None:
    in_place.run_in_place(job_id)


@shared_task(
    base=AssociationTask, name="tenants.go_on_restoring", time_limit=_LONG, soft_time_limit=_LONG - 60
)
def go_on_restoring() -> None:
    """Restorations whose message or worker was lost; one that failed is put back."""
    for job_id in in_place.go_on(at=clock.now()):
        in_place.run_in_place(job_id)


@shared_task(base=AssociationTask, name="tenants.go_on_leaving", time_limit=_LONG, soft_time_limit=_LONG - 60)
def go_on_leaving() -> None:
    """Departures whose message or worker was lost, and those whose time of grace is over."""
    for job_id in departures.go_on(by=SYSTEM, at=clock.now()):
        departures.run_departure(job_id)


@shared_task(base=AssociationTask, name="tenants.back_up_due", time_limit=_LONG, soft_time_limit=_LONG - 60)
def back_up_due() -> int:
    """Backups that are due, for a minute at a time so that the queue is free in between; how many."""
    return backups.run_due(at=clock.now())
