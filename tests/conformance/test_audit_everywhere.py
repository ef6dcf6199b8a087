# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever changes something leaves a row in the audit record: every page, every service, none listed by hand here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance import discovery, samples
from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.context import Association, Municipality

TRIED = samples.collect("ROUTES")
TRIED_SERVICES = samples.collect("SERVICES")
WITHOUT_ROW = samples.collect("WITHOUT_ROW")
# Keys of routes on its host, and services of packages whose tables stand in its schema.
ASSOCIATIONS = (
    "association ", "tenants.", "billing.", "verbund.console.", "verbund.jobs.",
    "verbund.agreements.services.", "verbund.agreements.keeping.", "verbund.support.desk.", "verbund.accounts.reach.", "verbund.announcements.services.",
)  # fmt: skip
MUNICIPALITIES = ("billing.alerts.",)
ROUTES = {route.key: route for route in discovery.routes()}
CHANGING = {key for key, route in ROUTES.items() if discovery.unsafe_methods(route.view)}
SERVICES = discovery.services()


# A mail that tells about a change has a row of its own; it does not stand for that of the change.
_MAIL = "notify.mail.queued"


@pytest.fixture
def stage(request: pytest.FixtureRequest, heideblick: Municipality) -> Iterator[samples.Stage]:
    """The scope that the key names; services are tried at a municipality unless their package is the association's."""
    key = request.getfixturevalue("key")
    if key.startswith(ASSOCIATIONS) and not key.startswith(MUNICIPALITIES):
        with context.enter_association():
            yield samples.Stage(Association())
    else:
        with context.enter(heideblick):
            yield samples.Stage(heideblick)


@pytest.mark.parametrize("key", sorted(CHANGING & TRIED.keys()))
def test_page_that_changes_something_leaves_a_row(stage: samples.Stage, key: str):
    response = TRIED[key](stage)

    assert response.status_code < 400, response.content[:2000]
    # The rows of this request alone: what the sample needed before has written rows of its own.
    ours = AuditEntry.objects.filter(request_id=response["X-Request-ID"])
    assert [entry.action for entry in ours if entry.action != _MAIL]


@pytest.mark.parametrize("key", sorted(SERVICES.keys() & TRIED_SERVICES.keys()))
def test_service_leaves_a_row(stage: samples.Stage, key: str):
    call = TRIED_SERVICES[key](stage)
    before = AuditEntry.objects.count()
    call()

    ours = AuditEntry.objects.order_by("pk")[before:]
    assert [entry.action for entry in ours if entry.action != _MAIL]


def test_every_page_says_which_methods_it_takes():
    assert [key for key, route in ROUTES.items() if discovery.unsafe_methods(route.view) is None] == []


def test_every_page_that_changes_something_is_tried():
    assert sorted(CHANGING - TRIED.keys() - WITHOUT_ROW.keys()) == []


def test_every_service_is_tried():
    assert sorted(SERVICES.keys() - TRIED_SERVICES.keys() - WITHOUT_ROW.keys()) == []


def test_samples_name_what_exists():
    known = CHANGING | SERVICES.keys()
    assert sorted((TRIED.keys() | TRIED_SERVICES.keys() | WITHOUT_ROW.keys()) - known) == []
