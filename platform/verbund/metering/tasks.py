# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the workers do for metering: push facts, roll up days, seal what is over."""

from __future__ import annotations

from celery import shared_task

from verbund.jobs.directory import WITH_DATA
from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock
from verbund.metering import active, pusher, rollup, samples
from verbund.metering.sealing import seals


@shared_task(base=MunicipalityTask, name="metering.push", states=WITH_DATA)
def push() -> int:
    """Push the waiting facts of one municipality; returns how many were new in the ledger.

    Also of one that serves no longer: what it used before is counted all the same.
    """
    return pusher.push().counted


@shared_task(base=AssociationTask, name="metering.push_association")
def push_association() -> int:
    """Push the association's own waiting facts; returns how many were new in the ledger."""
    return pusher.push().counted


@shared_task(base=MunicipalityTask, name="metering.sample", states=WITH_DATA)
def sample() -> int:
    """Take this hour's levels of one municipality; returns how many are new. What does not serve is stored all the same."""
    return samples.take(at=clock.now())


@shared_task(base=AssociationTask, name="metering.roll_up")
def roll_up() -> int:
    """Recompute the days whose counters changed; returns how many."""
    return rollup.roll_up()


@shared_task(base=AssociationTask, name="metering.seal")
def seal() -> int:
    """Seal the days that ended more than a week ago; returns how many seals are new."""
    return seals.seal_what_is_due()


@shared_task(base=MunicipalityTask, name="metering.forget_active", states=WITH_DATA)
def forget_active() -> int:
    """Delete one municipality's sets of active people of days and months that are over."""
    return active.forget_what_is_over()


@shared_task(base=AssociationTask, name="metering.forget_active_association")
def forget_active_association() -> int:
    """Delete the association's own sets of days and months that are over."""
    return active.forget_what_is_over()
