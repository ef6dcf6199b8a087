# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Daily tidying: what has expired is deleted."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from celery import shared_task
from django.conf import settings
from django.db import transaction

from verbund.accounts.models import Invitation
from verbund.accounts.sessions import SessionStore
from verbund.jobs.tasks import AssociationTask, MunicipalityTask
from verbund.kernel import clock

_SPENT_FOR = timedelta(days=30)


@shared_task(base=MunicipalityTask, name="accounts.sweep")
def sweep_municipality() -> None:
    sweep()


@shared_task(base=AssociationTask, name="accounts.sweep_association")
def sweep_association() -> None:
    sweep()


@transaction.atomic
def sweep() -> None:
    """Delete ended sessions, counted attempts whose lock is over, and links nobody can use any more."""
    now = clock.now()
    SessionStore.clear_expired()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    Invitation.objects.filter(expires_at__lt=now - _SPENT_FOR).delete()
