# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A demo municipality has one subscriber, so that whoever tries it out sees the mail about their own report."""

from __future__ import annotations

from django.db import transaction

from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.context import Municipality
from verbund.subscriptions import services
from verbund.subscriptions.areas import Area
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.subscriptions.services import Wish
from verbund.subscriptions.topics import active_topics

EMAIL = "mein-ort@beispiel.example"


@transaction.atomic
def fill(_municipality: Municipality) -> None:
    """To everything in the whole municipality; the second time nothing."""
    # Without opening anything: a municipality whose key is destroyed is filled no more.
    if Subscription.objects.exists():
        return
    now = clock.now()
    wish = Wish(area=Area(), topics=tuple(active_topics()), rhythm=Rhythm.AT_ONCE)
    services.ask(email=EMAIL, wish=wish, by=CITIZEN, at=now)
    for row in services.subscriptions_of(EMAIL):
        services.confirm(secret=row.secret, by=CITIZEN, at=now)
