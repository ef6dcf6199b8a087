# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page of the finance department's books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from billing.closing.adjusting import correct_cost
from billing.closing.approving import approve_period
from billing.closing.late_deciding import leave_out_late
from billing.closing.models import Adjustment
from billing.costs.memberships import end_membership
from billing.costs.models import Membership
from billing.costs.structure import end_cost_centre
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.accounts import client_for
from tests.factories.closing import (
    AT,
    NOVEMBER,
    OCTOBER,
    TODAY,
    Books,
    calculated,
    finance,
    make_books,
    make_late,
)
from tests.factories.sessions import session_key
from verbund.kernel.actors import SYSTEM

_COSTS, _CORRECTIONS = "/finanzen/kosten/", "/finanzen/berichtigungen/"
_LAST = {"last_month": str(NOVEMBER)}


def books(_stage: Stage) -> Books:
    return make_books(*Tenant.objects.filter(slug__in=["heideblick", "luckau"]))


def ended(stage: Stage) -> Books:
    found = books(stage)
    end_cost_centre(code="rz", last_month=NOVEMBER.first, by=SYSTEM, at=AT)
    return found


def sent(
    path: str | Callable[[Books], str], data: dict[str, str], prepare: Callable[[Stage], Books] = books
) -> Any:
    """Sent by somebody of the finance department, once the books are there."""

    def run(stage: Stage) -> Any:
        found = prepare(stage)
        address = path if isinstance(path, str) else path(found)
        return stage.client(stage.person("finance")).post(address, data)

    return run


def waiting(stage: Stage) -> Books:
    found = books(stage)
    calculated()
    correct_cost(origin=OCTOBER, centre=found.centre, cents=100, reason="Zählfehler", by=finance(), at=AT)
    return found


def late(stage: Stage) -> Books:
    found = books(stage)
    calculated()
    approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    make_late(found.members[0], quantity=9)
    return found


def left_out(stage: Stage) -> Books:
    found = late(stage)
    slug = found.members[0].slug
    leave_out_late(period=OCTOBER, slug=slug, meter="mail.sent", quantity=9, reason="da", by=finance(), at=AT)
    return found


def decided(verb: str) -> Any:
    """By somebody who has just confirmed the second factor."""

    def run(stage: Stage) -> Any:
        waiting(stage)
        client = client_for(None, stage.scope)
        client.cookies["sessionid"] = session_key(stage.person("finance"))
        return client.post(f"{_CORRECTIONS}{Adjustment.objects.get().pk}/{verb}/")

    return run


def _late_path(found: Books) -> str:
    return f"{_CORRECTIONS}nachzuegler/{OCTOBER}/{found.members[0].slug}/mail.sent/"


_PRICES = "/finanzen/preise/"


def _member_path(found: Books) -> str:
    return f"/finanzen/mitglieder/kommunen/{found.members[0].slug}/"


def _ending_path(found: Books) -> str:
    return f"{_member_path(found)}mitgliedschaft/{Membership.objects.get(tenant=found.members[0]).pk}/"


def _left(stage: Stage) -> Books:
    found = books(stage)
    row = Membership.objects.get(tenant=found.members[0])
    end_membership(membership_id=row.pk, last=date(2026, 11, 30), by=SYSTEM, at=AT)
    return found


ROUTES = {
    "association billing-association:membership-add": sent(
        lambda found: f"{_member_path(found)}mitgliedschaft/neu/",
        {"first": "01.12.2026", "source": "Beitritt"},
        _left,
    ),
    "association billing-association:membership-end": sent(_ending_path, {"last": "31.12.2026"}),
    "association billing-association:advances-set": sent(
        lambda found: f"{_member_path(found)}vorauszahlungen/",
        {
            "service": "umlage",
            "cents": "1,00",
            "first": "2026-11",
            "last": "2026-12",
            "due_day": "15",
            "source": "Haushaltsplan",
        },
    ),
    "association billing-association:correction-ask": sent(
        f"{_CORRECTIONS}neu/kosten/",
        {"origin": str(OCTOBER), "centre": "rz", "cents": "1,00", "reason": "Zählfehler"},
        waiting,
    ),
    "association billing-association:correction-approve": decided("genehmigen"),
    "association billing-association:correction-withdraw": decided("zurueckziehen"),
    "association billing-association:late": sent(
        _late_path, {"reason": "nachgemeldet", "quantity": "9", "aktion": "ja"}, late
    ),
    "association billing-association:late-reopen": sent(
        lambda found: f"{_late_path(found)}zuruecknehmen/", {}, left_out
    ),
    "association billing-association:cost-enter": sent(
        f"{_COSTS}eintragen/",
        {"centre": "rz", "month": str(NOVEMBER), "cents": "1,00", "source": "ER 1"},
    ),
    "association billing-association:costs-read": sent(
        f"{_COSTS}einlesen/",
        {
            "content": f"Kostenstelle;Monat;Betrag;Beleg\nrz;{NOVEMBER};1,00;ER 1\n",
            "aktion": "eintragen",
        },
    ),
    "association billing-association:cost-replace": sent(
        lambda found: f"{_COSTS}betraege/{found.centre.costs.get().pk}/",
        {"cents": "1,00", "source": "ER 1", "reason": "Dreher"},
    ),
    "association billing-association:cost-centre-add": sent(
        f"{_COSTS}neu/", {"title": "Neu", "code": "neu", "service": "umlage", "key": "kopf", "module": ""}
    ),
    "association billing-association:cost-centre-end": sent(f"{_COSTS}stellen/rz/beenden/", _LAST),
    "association billing-association:cost-centre-resume": sent(f"{_COSTS}stellen/rz/fortsetzen/", {}, ended),
    "association billing-association:service-add": sent(
        f"{_PRICES}neu/", {"title": "Neu", "code": "neu", "module": ""}
    ),
    "association billing-association:regime-add": sent(
        f"{_PRICES}dienste/post/steuerart/",
        {"valid_from": "01.12.2026", "regime": "CSG", "source": "Beratung"},
    ),
    "association billing-association:price-add": sent(
        f"{_PRICES}dienste/post/fassung/",
        {"valid_from": "01.12.2026", "source": "Preisblatt", "base_fee": "25,00"},
    ),
}
