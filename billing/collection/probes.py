# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of direct debits in the proof of isolation; what is made for it is taken back with the rehearsal."""

from __future__ import annotations

from datetime import date
from typing import Any

from billing.collection.mandates import enter_mandate, set_creditor
from billing.collection.models import CollectedItem, Collection, Mandate
from billing.receivables.documents import Document, Line, take_document
from billing.receivables.models import DocumentKind, Item
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ids import uuid7
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _DEBITS = "finance", "/abrechnung/lastschriften/"
_IBAN, _IDENTIFIER, _DAY = "DE89370400440532013000", "DE98ZZZ09999999999", date(2000, 1, 3)
# A working day so far ahead that nothing of the site's own is late by then on the day of the proof.
_COLLECT_ON = date(2099, 1, 5)


def _member() -> Tenant:
    return Tenant.objects.filter(state="ACTIVE").order_by("-number")[0]


def _mandate(stage: Stage) -> Mandate:
    return enter_mandate(
        slug=_member().slug, reference=f"N-{stage.canary}"[:30], scheme="CORE", signed_on=_DAY, holder="",
        iban=_IBAN, by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def _creditor() -> None:
    set_creditor(name="Nachweis", iban=_IBAN, identifier=_IDENTIFIER, by=SYSTEM, at=clock.now())


def _item(stage: Stage) -> Item:
    return take_document(
        document=Document(
            number=f"L-{stage.canary}"[:30], kind=DocumentKind.INVOICE, tenant=_member().number, month=date(2000, 1, 1),
            issued_on=_DAY, due_on=_DAY, lines=(Line(regime="STD", text="Probe", net_cents=100, tax_cents=19),),
        ),
        by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def _kept(stage: Stage) -> CollectedItem:
    mandate, item = _mandate(stage), _item(stage)
    file = Collection.objects.create(
        message_id=f"VB-{uuid7().hex[:20]}", scheme="CORE", collect_on=_COLLECT_ON, content="<xml/>", sha256="",
        cents=item.cents, made_at=clock.now(),
    )  # fmt: skip
    return CollectedItem.objects.create(collection=file, item=item, mandate=mandate, cents=item.cents)


def _ask(path: str, **more: Any) -> Ask:
    return Ask(path=f"{_DEBITS}{path}", role=_ROLE, **more)


def _make(stage: Stage) -> Ask:
    _creditor()
    _mandate(stage)
    _item(stage)
    return _ask("ausgeben/", data={"collect_on": "05.01.2099"})


def _new(stage: Stage) -> Ask:
    data = {
        "slug": _member().slug, "reference": f"N-{stage.canary}"[:30], "scheme": "CORE", "signed_on": "03.01.2000",
        "iban": _IBAN, "holder": "",
    }  # fmt: skip
    return _ask("mandate/neu/", data=data)


COLLECTION: dict[str, Probe] = {
    "GET billing-association:collection": lambda _stage: _ask(""),
    "POST billing-association:collect": Rehearsed(_make),
    "GET billing-association:debit-returned": lambda _stage: _ask("rueckgabe/"),
    "POST billing-association:debit-returned": Rehearsed(
        lambda stage: _ask("rueckgabe/", data={"number": _kept(stage).item.number})
    ),
    "GET billing-association:creditor": lambda _stage: _ask("konto/"),
    "POST billing-association:creditor": Rehearsed(
        lambda _stage: _ask("konto/", data={"name": "N", "iban": _IBAN, "identifier": _IDENTIFIER})
    ),
    "GET billing-association:mandate-new": lambda _stage: _ask("mandate/neu/"),
    "POST billing-association:mandate-new": Rehearsed(_new),
    "GET billing-association:mandate-end": Rehearsed(
        lambda stage: _ask(f"mandate/{_mandate(stage).pk}/beenden/")
    ),
    "POST billing-association:mandate-end": Rehearsed(
        lambda stage: _ask(f"mandate/{_mandate(stage).pk}/beenden/", data={"on": "04.01.2000"})
    ),
    "GET billing-association:collection-file": Rehearsed(
        lambda stage: _ask(f"dateien/{_kept(stage).collection.message_id}/")
    ),
}
