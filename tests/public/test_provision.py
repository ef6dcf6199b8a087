# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onboarding writes the texts; without confirmed ones a municipality does not go active."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenants import activation
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ports import StepContext
from verbund.public import pages, provision, services
from verbund.public.kinds import MANDATORY
from verbund.public.models import ContactDetails, LegalPage


@pytest.fixture
def step(heideblick):
    """A step in a municipality whose texts were never made."""
    with context.enter(heideblick):
        LegalPage.objects.all().delete()
        ContactDetails.objects.all().delete()
    return StepContext(municipality=heideblick, at=clock.now())


def as_profile(step: StepContext, profile: str) -> StepContext:
    return replace(step, municipality=replace(step.municipality, profile=profile))


def test_example_texts_are_marked_and_confirmed(step):
    example = as_profile(step, "beispiel")
    assert not provision.is_done(example)

    provision.make(example)

    assert provision.is_done(example)
    assert activation.findings(example.municipality) == []
    with context.enter(step.municipality):
        assert [state.published.is_example for state in pages.states() if state.is_mandatory] == [True] * len(
            MANDATORY
        )


def test_standard_texts_wait_for_confirmation(step):
    standard = as_profile(step, "standard")

    provision.make(standard)

    messages = [finding.message for finding in activation.findings(standard.municipality)]
    assert len(messages) == len(MANDATORY)
    assert "„Impressum“ ist noch nicht bestätigt." in messages


def test_nothing_at_all_is_found_too(step):
    messages = [finding.message for finding in activation.findings(step.municipality)]

    assert "„Kontakt“ ist leer." in messages


def test_doing_it_twice_writes_nothing_twice(step):
    example = as_profile(step, "beispiel")
    provision.make(example)
    provision.make(example)

    with context.enter(step.municipality):
        assert LegalPage.objects.count() == len(MANDATORY)


def test_undo_takes_the_templates_back_but_no_work_of_people(step):
    example = as_profile(step, "beispiel")
    provision.make(example)
    provision.undo(example)
    assert not provision.is_done(example)

    provision.make(example)
    with context.enter(step.municipality):
        services.write_page(
            kind=MANDATORY[0], body="Von Hand", by=replace(SYSTEM, kind="person", id="1"), at=clock.now()
        )
    provision.undo(example)
    assert provision.is_done(example)
