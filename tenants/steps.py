# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of onboarding that the registry itself takes: database, modules, activation."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tenants import activation
from tenants.models import ModuleActivation, OnboardingRequest, Tenant
from tenants.schema_engine import replay
from tenants.states import State
from verbund.kernel import context, registry
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import StepContext


def database_is_done(step: StepContext) -> bool:
    return replay.exists(step.municipality.key)


def make_database(step: StepContext) -> None:
    replay.create(step.municipality.number, step.municipality.key)


def undo_database(step: StepContext) -> None:
    replay.remove(step.municipality.number, step.municipality.key)


def modules_are_done(step: StepContext) -> bool:
    with context.enter_association():
        wanted = set(OnboardingRequest.objects.get(tenant_id=step.municipality.number).modules)
        return wanted <= set(_activations(step).values_list("module", flat=True))


def activate_modules(step: StepContext) -> None:
    with context.enter_association(), transaction.atomic():
        wanted = OnboardingRequest.objects.get(tenant_id=step.municipality.number).modules
        known = {spec.slug for spec in registry.modules()}
        for module in sorted(known.intersection(wanted)):
            ModuleActivation.objects.get_or_create(
                tenant_id=step.municipality.number, module=module, defaults={"active_from": step.at}
            )


def undo_modules(step: StepContext) -> None:
    with context.enter_association():
        _activations(step).delete()


def activation_is_done(step: StepContext) -> bool:
    with context.enter_association():
        return Tenant.objects.filter(pk=step.municipality.number, state=State.ACTIVE).exists()


def activate(step: StepContext) -> None:
    """Open the hosts, unless something mandatory is missing.

    Raises:
        Conflict: with what is missing.
    """
    findings = activation.findings(step.municipality)
    if findings:
        missing = "; ".join(finding.message for finding in findings)
        raise Conflict(_("Noch nicht bereit zum Freischalten: %(missing)s") % {"missing": missing})
    activation.open_hosts(step.municipality.number, at=step.at, by=step.requested_by)


def undo_activation(step: StepContext) -> None:
    """Nothing to take back: a member that was activated is suspended or leaves, it is not discarded."""


def _activations(step: StepContext) -> QuerySet[ModuleActivation]:
    return ModuleActivation.objects.filter(tenant_id=step.municipality.number)
