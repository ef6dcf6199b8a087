# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody asks what is kept of them, or wants it gone: their subscriptions, and nobody else's."""

from __future__ import annotations

import pytest

from tests.factories.subscriptions import ERIKA, ask_for, subscribe
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.privacy.persons.looking import erase_person
from verbund.subscriptions.areas import Area
from verbund.subscriptions.models import Subscription
from verbund.subscriptions.persons import found

pytestmark = pytest.mark.django_db


def test_everything_of_one_person_is_found_and_goes_and_nothing_else(heideblick, luckau):
    with context.enter(luckau):
        subscribe()
    with context.enter(heideblick):
        subscribe()
        ask_for(rhythm="weekly", area=Area())
        subscribe("otto@muster.example")

        records = list(found(ERIKA.upper()))
        erase_person(email=ERIKA, by=SYSTEM, at=clock.now())

        assert len(records) == 2
        assert all(record.kept_because == "" for record in records)
        assert [row.email for row in Subscription.objects.all()] == ["otto@muster.example"]
    with context.enter(luckau):
        assert Subscription.objects.count() == 1, "the same mailbox elsewhere stays"
