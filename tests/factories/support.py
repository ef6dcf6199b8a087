# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operators who were let into a municipality."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.factories.accounts import make_person
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.support import desk, grants
from verbund.support.models import Grant

REASON = "Kategorien fehlen, Anruf vom 27.11."


def make_operator(**fields: Any) -> Person:
    with context.enter_association():
        return make_person("operator", **{"name": "Olga Betrieb", **fields})


def make_grant(municipality: Municipality, operator: Person | None = None, **fields: Any) -> Grant:
    """A grant as the operator's request makes it."""
    operator = operator or make_operator()
    values = {"reason": REASON, "minutes": 60, "may_change": False, **fields}
    with context.enter_association():
        return desk.ask_for_access(
            municipality=municipality, **values, by=actor_for(operator), at=clock.now()
        )


def secret_of(municipality: Municipality, grant: Grant) -> str:
    """The secret of a fresh link."""
    with context.enter(municipality):
        return grants.issue_link(
            grant_id=grant.pk, operator=grant.operator, host=municipality.hosts[0], at=clock.now()
        )


def let_in(municipality: Municipality, grant: Grant | None = None, **fields: Any) -> Client:
    """A browser of the operator inside the municipality; `client.grant` is the grant."""
    grant = grant or make_grant(municipality, **fields)
    client = Client(HTTP_HOST=municipality.hosts[0])
    answer = client.post("/verwaltung/fernzugriff/beginnen/", {"secret": secret_of(municipality, grant)})
    assert answer.status_code == 302, answer.content
    client.grant = grant
    return client
