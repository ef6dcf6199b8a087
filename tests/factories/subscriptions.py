# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Subscriptions as citizens set them up: asked for, and confirmed by the link from the mail."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tests.factories.defects import middle
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.notify.models import Outbox
from verbund.subscriptions import services
from verbund.subscriptions.areas import Area
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.subscriptions.services import Wish

ERIKA = "erika@muster.example"


def around(metres: int = 500) -> Area:
    """A circle where reports are made unless a test says otherwise."""
    return Area("Hauptstraße 12, 15926 Heideblick", *middle(), metres)


def wish(**fields: Any) -> Wish:
    values = {"area": around(), "topics": ("defects.report",), "rhythm": Rhythm.AT_ONCE, **fields}
    return Wish(**values)


def ask_for(email: str = ERIKA, *, at: datetime | None = None, **fields: Any) -> str:
    """The secret of the link that was mailed."""
    services.ask(email=email, wish=wish(**fields), by=CITIZEN, at=at or clock.now())
    return secret_in(Outbox.objects.latest("pk"))


def subscribe(email: str = ERIKA, *, at: datetime | None = None, **fields: Any) -> Subscription:
    """A subscription that is confirmed."""
    secret = ask_for(email, at=at, **fields)
    return services.confirm(secret=secret, by=CITIZEN, at=at or clock.now())


def mails() -> QuerySet[Outbox]:
    """What this package has written, the oldest first."""
    return Outbox.objects.filter(kind__startswith="subscriptions/").order_by("pk")


def secret_in(mail: Outbox) -> str:
    found = re.search(r"/mein-ort/([^/\s]+)/", mail.text or "")
    assert found is not None
    return found[1]
