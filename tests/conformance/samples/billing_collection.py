# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page of direct debits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from billing.collection.collecting import collect
from billing.collection.mandates import enter_mandate, set_creditor
from billing.collection.models import Mandate
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.accounts import client_for
from tests.factories.receivables import take
from tests.factories.sessions import session_key
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM

_DEBITS, _IBAN, _DAY = "/abrechnung/lastschriften/", "DE89370400440532013000", date(2099, 1, 5)
_ACCOUNT = {"name": "Zweckverband", "iban": _IBAN, "identifier": "DE98ZZZ09999999999"}


def _posted(stage: Stage, path: str, data: dict[str, str]) -> Any:
    client = client_for(None, stage.scope)
    client.cookies["sessionid"] = session_key(stage.person("finance"))
    return client.post(f"{_DEBITS}{path}", data)


def _mandate() -> Mandate:
    return enter_mandate(
        slug="luckau", reference="M-1", scheme="CORE", signed_on=date(2026, 1, 5), holder="", iban=_IBAN,
        by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def _due() -> str:
    """The number of a document that can be collected."""
    set_creditor(**_ACCOUNT, by=SYSTEM, at=clock.now())
    _mandate()
    return take(Tenant.objects.get(slug="luckau")).number


def _collected() -> str:
    number = _due()
    collect(collect_on=_DAY, by=SYSTEM, at=clock.now())
    return number


def _step(path: str, data: Callable[[], dict[str, str]]) -> Callable[[Stage], Any]:
    return lambda stage: _posted(stage, path, data())


def _end(stage: Stage) -> Any:
    return _posted(stage, f"mandate/{_mandate().pk}/beenden/", {"on": "31.12.2026"})


def _collect(stage: Stage) -> Any:
    _due()
    return _posted(stage, "ausgeben/", {"collect_on": "05.01.2099"})


_NEW = {
    "slug": "luckau", "reference": "M-1", "scheme": "CORE", "signed_on": "05.01.2026", "iban": _IBAN, "holder": "",
}  # fmt: skip
ROUTES = {
    "association billing-association:creditor": _step("konto/", lambda: _ACCOUNT),
    "association billing-association:mandate-new": _step("mandate/neu/", lambda: _NEW),
    "association billing-association:mandate-end": _end,
    "association billing-association:collect": _collect,
    "association billing-association:debit-returned": _step("rueckgabe/", lambda: {"number": _collected()}),
}
