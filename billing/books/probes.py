# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance department's books in the proof of isolation; what is made for it is taken back with the rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from billing.books.probes_corrections import CORRECTIONS
from billing.closing.open_months import open_months
from billing.costs.booking import enter_cost
from billing.costs.models import ActualCost, CostCentre, Service
from billing.costs.structure import add_cost_centre, add_service, end_cost_centre
from billing.costs.versions import add_key_version
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage
from verbund.metering.periods import Period

_ROLE, _CODE = "finance", "nachweis"
_COSTS, _PRICES = "/finanzen/kosten/", "/finanzen/preise/"
_KEY = {"parts": [{"basis": {"kind": "equal"}}]}


def month() -> Period:
    """A month that takes something in and is nobody's yet: the one after next."""
    return open_months(today=clock.today())[-1]


def service() -> Service:
    return add_service(code=_CODE, title="Nachweis", by=SYSTEM, at=clock.now())


def centre() -> CostCentre:
    """A cost centre of its own, shared in equal parts."""
    add_key_version(
        key=_CODE,
        name="Nachweis",
        valid_from=month().first,
        source="Nachweis",
        definition=_KEY,
        by=SYSTEM,
        at=clock.now(),
    )
    return add_cost_centre(
        code=_CODE, title="Nachweis", service=service(), key=_CODE, by=SYSTEM, at=clock.now()
    )


def _cost(stage: Stage) -> ActualCost:
    return enter_cost(
        centre=centre(), month=month().first, cents=100, source=stage.canary, by=SYSTEM, at=clock.now()
    )


def _ended() -> CostCentre:
    centre()
    return end_cost_centre(code=_CODE, last_month=month().first, by=SYSTEM, at=clock.now())


def asked(path: str, prepare: Callable[[], object], **more: Any) -> Probe:
    """A request below the costs once something is there for it."""

    def ask(_stage: Stage) -> Ask:
        prepare()
        return Ask(path=f"{_COSTS}{path}", role=_ROLE, **more)

    return Rehearsed(ask)


def _replaced(stage: Stage, **more: Any) -> Ask:
    return Ask(path=f"{_COSTS}betraege/{_cost(stage).pk}/", role=_ROLE, **more)


def _entry(stage: Stage) -> Ask:
    centre()
    data = {"centre": _CODE, "month": str(month()), "cents": "1,00", "source": stage.canary}
    return Ask(path=f"{_COSTS}eintragen/", role=_ROLE, data=data)


def _lines(stage: Stage) -> Ask:
    centre()
    content = f"Kostenstelle;Monat;Betrag;Beleg\n{_CODE};{month()};1,00;{stage.canary}\n"
    return Ask(path=f"{_COSTS}einlesen/", role=_ROLE, data={"content": content, "aktion": "eintragen"})


def _new_centre(_stage: Stage) -> Ask:
    centre()
    data = {"title": "Neu", "code": f"{_CODE}-2", "service": _CODE, "key": _CODE, "module": ""}
    return Ask(path=f"{_COSTS}neu/", role=_ROLE, data=data)


def _versioned(verb: str, data: dict[str, str]) -> Probe:
    """A new version of a service made for it; in a month that is nobody's yet."""

    def ask(_stage: Stage) -> Ask:
        given = {"valid_from": f"{month().first:%d.%m.%Y}", "source": "Nachweis", **data}
        return Ask(path=f"{_PRICES}dienste/{service().code}/{verb}/", role=_ROLE, data=given)

    return Rehearsed(ask)


def _service_page(below: str) -> Probe:
    return Rehearsed(lambda _stage: Ask(path=f"{_PRICES}dienste/{service().code}/{below}", role=_ROLE))


BOOKS: dict[str, Probe] = {
    **CORRECTIONS,
    "GET billing-association:costs": lambda _stage: Ask(path=_COSTS, role=_ROLE),
    "GET billing-association:costs-list": lambda _stage: Ask(path=f"{_COSTS}liste/", role=_ROLE),
    "GET billing-association:cost-enter": lambda _stage: Ask(path=f"{_COSTS}eintragen/", role=_ROLE),
    "POST billing-association:cost-enter": Rehearsed(_entry),
    "GET billing-association:costs-read": lambda _stage: Ask(path=f"{_COSTS}einlesen/", role=_ROLE),
    "POST billing-association:costs-read": Rehearsed(_lines),
    "GET billing-association:cost-replace": Rehearsed(_replaced),
    "POST billing-association:cost-replace": Rehearsed(
        lambda stage: _replaced(stage, data={"cents": "2,00", "source": "Beleg", "reason": "Nachweis"})
    ),
    "GET billing-association:cost-centre-add": lambda _stage: Ask(path=f"{_COSTS}neu/", role=_ROLE),
    "POST billing-association:cost-centre-add": Rehearsed(_new_centre),
    "GET billing-association:cost-centre": asked(f"stellen/{_CODE}/", centre),
    "GET billing-association:cost-centre-end": asked(f"stellen/{_CODE}/beenden/", centre),
    "POST billing-association:cost-centre-end": Rehearsed(
        lambda _stage: Ask(
            path=f"{_COSTS}stellen/{centre().code}/beenden/", role=_ROLE, data={"last_month": str(month())}
        )
    ),
    "POST billing-association:cost-centre-resume": asked(f"stellen/{_CODE}/fortsetzen/", _ended, data={}),
    "GET billing-association:prices": lambda _stage: Ask(path=_PRICES, role=_ROLE),
    "GET billing-association:service-add": lambda _stage: Ask(path=f"{_PRICES}neu/", role=_ROLE),
    "POST billing-association:service-add": Rehearsed(
        lambda _stage: Ask(
            path=f"{_PRICES}neu/", role=_ROLE, data={"title": "Nachweis", "code": _CODE, "module": ""}
        )
    ),
    "GET billing-association:service": _service_page(""),
    "GET billing-association:regime-add": _service_page("steuerart/"),
    "POST billing-association:regime-add": _versioned("steuerart", {"regime": "STD"}),
    "GET billing-association:price-add": _service_page("fassung/"),
    "POST billing-association:price-add": _versioned("fassung", {"base_fee": "1,00"}),
}
