# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page of the finance department's books."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from billing.costs.structure import end_cost_centre
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.closing import AT, NOVEMBER, Books, make_books
from verbund.kernel.actors import SYSTEM

_COSTS = "/finanzen/kosten/"
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


ROUTES = {
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
}
