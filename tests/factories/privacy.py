# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests of single persons for access and erasure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.factories.defects import make_report, move
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.modules.defects.models import Report
from verbund.modules.defects.reporting import confirm_report
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox
from verbund.privacy.persons import requests
from verbund.privacy.persons.models import Identity, Kind, PersonRequest
from verbund.public.feedback import submit_feedback

ERIKA, OTTO = "erika@muster.example", "otto@muster.example"


def make_request(
    kind: Kind, *, email: str = ERIKA, received_on: date | None = None, identity: str = Identity.IN_PERSON
) -> PersonRequest:
    day = received_on or clock.today()
    return requests.record_request(
        kind=kind, email=email, received_on=day, identity=identity, by=SYSTEM, at=clock.now()
    )


def received_from(email: str = ERIKA, **fields: Any) -> Report:
    """A report whose sender confirmed the address."""
    make_report(email=email, name="Erika Muster", phone="03375 1", **fields)
    mail = Outbox.objects.filter(kind="defects/confirm").latest("pk")
    return confirm_report(secret=(mail.text or "").split("/bestaetigen/")[1].split("/")[0], at=clock.now())


def make_requests() -> dict[str, str]:
    """One of each to look at: an erasure that is overdue and has something to erase and to keep, an answered access.

    Otto has asked for nothing yet.
    """
    move(received_from(), State.DONE)
    move(received_from(OTTO), State.DONE)
    received_from()
    submit_feedback(message="Zu klein", address="", name="Erika", email=ERIKA, at=clock.now())
    erasure = make_request(Kind.ERASURE, received_on=clock.today() - timedelta(days=40))
    access = make_request(Kind.ACCESS)
    requests.close_request(reference=access.reference, result="ANSWERED", by=SYSTEM, at=clock.now())
    make_request(Kind.ACCESS, identity="")
    return {"erasure": erasure.reference, "answered": access.reference}
