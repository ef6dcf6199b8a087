# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding's step about the agreement, and what keeps a municipality without one from going active."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from verbund.agreements import services
from verbund.agreements.models import SignedAgreement, Version
from verbund.agreements.queries import newest_version
from verbund.documents.pdf import render
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.errors import Forbidden
from verbund.kernel.ports import Finding, StepContext

EXAMPLE_PROFILE = "beispiel"
_TEMPLATE = Path(__file__).with_name("example.typ")


def is_done(step: StepContext) -> bool:
    """A real member's agreement is recorded by people; the activation asks for it."""
    if step.municipality.profile != EXAMPLE_PROFILE:
        return True
    with context.enter_association():
        return SignedAgreement.objects.filter(tenant=step.municipality.number).exists()


def record_example(step: StepContext) -> None:
    """Give an example municipality an example agreement, marked as such.

    Raises:
        Forbidden: examples have no place in a real installation.
    """
    if settings.VERBUND.mode == "production":
        raise Forbidden(_("Beispiele gehören nicht in eine echte Installation."))
    with context.enter_association(), transaction.atomic():
        example = _example_version(step)
        services.record_example(tenant=step.municipality.number, example=example, by=SYSTEM, at=step.at)


def undo(step: StepContext) -> None:
    with context.enter_association():
        services.withdraw_example(tenant=step.municipality.number, by=SYSTEM, at=step.at)


def findings(municipality: Municipality) -> Iterator[Finding]:
    """Whether an agreement is recorded: no data of citizens without one."""
    with context.enter_association():
        is_recorded = SignedAgreement.objects.filter(tenant=municipality.number).exists()
        newest = newest_version()
    if is_recorded:
        return
    message = _(
        "Die Vereinbarung zur Auftragsverarbeitung (Art. 28 DSGVO) ist noch nicht hinterlegt. Hinterlegen Sie sie in der Konsole unter „Auftragsverarbeitung“."
    )
    if newest is None:
        message = _(
            "Es gibt noch keine Fassung der Vereinbarung zur Auftragsverarbeitung (Art. 28 DSGVO). Veröffentlichen Sie sie in der Konsole unter „Auftragsverarbeitung“ und hinterlegen Sie dort die unterschriebene."
        )
    yield Finding(code="agreements_missing", message=message, url_name="agreements-association:overview")


def _example_version(step: StepContext) -> Version:
    """The newest version; where nothing was published yet, an example made now by whoever comes first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('agreements.example'))")
    newest = newest_version()
    if newest is not None:
        return newest
    content = render(
        _TEMPLATE,
        title="Vereinbarung zur Auftragsverarbeitung (Beispiel)",
        issuer="Verbund",
        values={},
        at=step.at,
    )
    return services.publish_version(
        number="1 (Beispiel)",
        content=content,
        published_on=clock.day_of(step.at) - timedelta(days=1),
        deadline_days=30,
        is_example=True,
        by=SYSTEM,
        at=step.at,
    )
