# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding's step `legal_pages`, and what keeps a municipality from going active."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Finding, StepContext
from verbund.public import pages, services
from verbund.public.kinds import MANDATORY
from verbund.public.models import ContactDetails, LegalPage
from verbund.public.templates_of_pages import template_of

EXAMPLE_PROFILE = "beispiel"
# Addresses under `.example` reach nobody; the street exists nowhere.
_EXAMPLE_ASSOCIATION = {
    "organisation": "Kommunaler IT-Verband (Beispiel)",
    "street_address": "Musterstraße 1",
    "postal_code": "00000",
    "town": "Musterstadt",
    "phone": "0000 12345-0",
    "email": "kontakt@verbund.example",
    "represented_by": "Verbandsvorsteherin Erika Mustermann",
    "data_protection_email": "datenschutz@verbund.example",
}


def is_done(step: StepContext) -> bool:
    with context.enter(step.municipality):
        kinds = set(LegalPage.objects.values_list("kind", flat=True).distinct())
        return kinds.issuperset(MANDATORY)


def make(step: StepContext) -> None:
    """Write the templates that are missing; example texts are marked as such and confirmed."""
    is_example = step.municipality.profile == EXAMPLE_PROFILE
    with context.enter(step.municipality), transaction.atomic():
        _contact, is_new = ContactDetails.objects.get_or_create(pk=1)
        if is_example and is_new:
            services.save_contact_details(values=_example_contact(step.municipality), by=SYSTEM, at=step.at)
        for kind in MANDATORY:
            if LegalPage.objects.filter(kind=kind).exists():
                continue
            page = services.write_page(
                kind=kind, body=template_of(kind), by=SYSTEM, at=step.at, is_example=is_example
            )
            if is_example:
                services.confirm_page(kind=kind, version=page.version, by=SYSTEM, at=step.at)


def make_association_examples(*, at: datetime) -> None:
    """What the demo's association shows: marked as examples, unless somebody has written before."""
    with context.enter_association(), transaction.atomic():
        if LegalPage.objects.exists() or ContactDetails.objects.exists():
            return
        services.save_contact_details(values=_EXAMPLE_ASSOCIATION, by=SYSTEM, at=at)
        for kind in MANDATORY:
            page = services.write_page(kind=kind, body=template_of(kind), by=SYSTEM, at=at, is_example=True)
            services.confirm_page(kind=kind, version=page.version, by=SYSTEM, at=at)


def undo(step: StepContext) -> None:
    """Take back what the step wrote, unless people have written since."""
    with context.enter(step.municipality), transaction.atomic():
        if not LegalPage.objects.exclude(written_by="").exists():
            LegalPage.objects.all().delete()


def findings(municipality: Municipality) -> Iterator[Finding]:
    """Why citizens could not read a page they have a right to."""
    del municipality  # the data is that of the entered municipality
    for state in pages.states():
        if not state.is_mandatory or (state.published is not None and state.published.body):
            continue
        reason = _("„%(page)s“ ist leer.") if state.is_empty else _("„%(page)s“ ist noch nicht bestätigt.")
        yield Finding(
            code=f"public_{state.kind.name.lower()}_missing",
            message=reason % {"page": state.label},
            url_name="public-staff:pages",
        )


def _example_contact(municipality: Municipality) -> dict[str, str]:
    """Addresses under `.example` reach nobody; the street exists nowhere."""
    mailbox = f"{municipality.slug}.example"
    return {
        "street_address": "Musterstraße 1",
        "postal_code": "00000",
        "town": municipality.name,
        "phone": "0000 12345-0",
        "email": f"rathaus@{mailbox}",
        "represented_by": "Bürgermeisterin Erika Mustermann"
        if municipality.kind != "amt"
        else "Amtsdirektorin Erika Mustermann",
        "data_protection_email": f"datenschutz@{mailbox}",
    }
