# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finance people who look after some members: no page of all members, and no step of a month through another door."""

from __future__ import annotations

import pytest
from django.urls import reverse

from billing.closing.approving import approve_period
from billing.closing.calculating import calculate_period
from billing.issuing.running import request_issue
from billing.urls_association import urlpatterns
from tests.factories.closing import AT, OCTOBER, TODAY, make_books
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.accounts.reach.services import set_reach
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Forbidden

VALUES = {
    "month": "2026-10", "slug": "heideblick", "number": 1, "payment_id": 1, "message_id": "VB-1", "form": "pdf",
    "key": "heideblick", "member": "heideblick", "code": "rz", "centre": "rz", "service": "rz", "pk": 1, "line": 1,
    "act": "taking", "meter": "mail.sent", "day": "2026-10-01", "version": 1, "position": 1, "hour": 1,
}  # fmt: skip


def addresses() -> dict[str, str]:
    found = {}
    for page in urlpatterns:
        names = page.pattern.converters
        values = {
            name: (1 if type(kind).__name__ == "IntConverter" else VALUES.get(name, "x"))
            for name, kind in names.items()
        }
        found[page.name] = reverse(
            f"billing-association:{page.name}", kwargs=values, urlconf="verbund.config.urls.association"
        )
    return found


@pytest.fixture
def limited(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    client = signed_in("finance")
    with context.enter_association():
        make_books(heideblick, luckau)
        person = Person.objects.get(role="finance", pk=client.session["_auth_user_id"])
        set_reach(person_id=person.pk, tenants=[heideblick.number], by=SYSTEM, at=AT)
    return client, person


def test_no_page_opens_for_them(limited):
    client, _person = limited
    opened = {
        name: answer.status_code
        for name, address in addresses().items()
        for answer in (client.get(address), client.post(address))
        if answer.status_code != 403
    }
    assert len(addresses()) > 50
    assert opened == {}


def test_no_step_by_service_command_or_task(limited):
    by = actor_for(limited[1])
    with context.enter_association():
        for step in (
            lambda: calculate_period(period=OCTOBER, by=by, at=AT, today=TODAY),
            lambda: approve_period(period=OCTOBER, by=by, at=AT, today=TODAY),
            lambda: request_issue(period=OCTOBER, by=by, at=AT),
        ):
            with pytest.raises(Forbidden, match="alle Kommunen"):
                step()


def test_somebody_for_all_still_gets_in(heideblick):
    client = signed_in("finance")
    assert client.get(addresses()["months"]).status_code == 200
