# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance people's pages: each with a document of a municipality made for the proof."""

from __future__ import annotations

from datetime import date, timedelta

from billing.postings.accounts import set_income_account, set_member_account
from billing.postings.exporting import export
from billing.postings.models import MemberAccount, PostingBatch
from billing.receivables.documents import Document, Line, take_document
from billing.receivables.models import DocumentKind, Item, Payment
from billing.receivables.payments import take_payments
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage, Upload

_FINANCE = "finance"
_ITEMS, _POSTINGS = "/abrechnung/offene-posten/", "/abrechnung/buchungen/"
_ACCOUNTS = "/abrechnung/konten/"
# Long before anything real was billed: what the proof exports can be nobody's month.
_MONTH = date(2000, 1, 1)


def _statement(stage: Stage) -> bytes:
    return f"Buchungstag;Betrag;Verwendungszweck\n01.02.2000;1,00;{stage.canary}\n".encode()


def _item(stage: Stage) -> Item:
    tenant = Tenant.objects.order_by("-number")[0]
    return take_document(
        document=Document(
            number=f"X-{stage.canary}"[:30],
            kind=DocumentKind.INVOICE,
            tenant=tenant.number,
            month=_MONTH,
            issued_on=_MONTH,
            due_on=_MONTH + timedelta(days=30),
            lines=(Line(regime="STD", text="Probe", net_cents=100, tax_cents=19),),
        ),
        by=SYSTEM,
        at=clock.now(),
    )


def _payment(stage: Stage) -> Payment:
    take_payments(content=_statement(stage), by=SYSTEM, at=clock.now())
    return Payment.objects.latest("pk")


def _accounts(stage: Stage) -> None:
    item = _item(stage)
    if not MemberAccount.objects.filter(tenant=item.tenant).exists():
        set_member_account(
            slug=item.tenant.slug, account=f"9{item.tenant.number:07d}", by=SYSTEM, at=clock.now()
        )
    set_income_account(
        regime="STD", service="", account="8400", tax_key="3", product="", by=SYSTEM, at=clock.now()
    )


def _make(stage: Stage) -> Ask:
    _accounts(stage)
    return Ask(path=f"{_POSTINGS}ausgeben/", role=_FINANCE, data={"month": "2000-01", "profile": "hkr-csv"})


def handed_out(stage: Stage) -> PostingBatch:
    """A file of January 2000 with a document made for the proof."""
    _accounts(stage)
    return export(month=_MONTH, profile="hkr-csv", by=SYSTEM, at=clock.now())[0]


def _batch(stage: Stage) -> Ask:
    return Ask(path=f"{_POSTINGS}ausgaben/{handed_out(stage).pk}/", role=_FINANCE)


def _upload(stage: Stage) -> Ask:
    file = Upload(name="auszug.csv", content=_statement(stage), media_type="text/csv")
    return Ask(path=f"{_ITEMS}auszug/", role=_FINANCE, data={"file": file})


def _shown(stage: Stage) -> Ask:
    return Ask(path=f"{_ITEMS}zahlungen/{_payment(stage).pk}/", role=_FINANCE)


def _assigned(stage: Stage) -> Ask:
    item = _item(stage)
    data = {"number": item.number, "cents": "1,00", "reason": ""}
    return Ask(path=f"{_ITEMS}zahlungen/{_payment(stage).pk}/", role=_FINANCE, data=data)


def _profile(_stage: Stage) -> Ask:
    data = {
        "title": "HKR",
        "columns": "Beleg | number",
        "separator": ";",
        "encoding": "utf-8",
        "aktion": "speichern",
    }
    return Ask(path=f"{_POSTINGS}profile/hkr-csv/", role=_FINANCE, data=data)


def _members(stage: Stage) -> Ask:
    tenant = _item(stage).tenant
    data = {tenant.slug: f"9{tenant.number:07d}"}
    return Ask(path=f"{_ACCOUNTS}kommunen/", role=_FINANCE, data=data)


def _income(_stage: Stage) -> Ask:
    data = {"target": "STD", "account": "8400", "tax_key": "3", "product": ""}
    return Ask(path=f"{_ACCOUNTS}erloese/", role=_FINANCE, data=data)


ACCOUNTS: dict[str, Probe] = {
    "GET billing-association:items": lambda _stage: Ask(path=_ITEMS, role=_FINANCE),
    "GET billing-association:items-list": lambda _stage: Ask(path=f"{_ITEMS}liste/", role=_FINANCE),
    "POST billing-association:statement": Rehearsed(_upload),
    "GET billing-association:payment": Rehearsed(_shown),
    "POST billing-association:payment": Rehearsed(_assigned),
    "GET billing-association:accounts": lambda _stage: Ask(path=_ACCOUNTS, role=_FINANCE),
    "POST billing-association:accounts-members": Rehearsed(_members),
    "POST billing-association:accounts-income": Rehearsed(_income),
    "GET billing-association:postings": lambda _stage: Ask(path=_POSTINGS, role=_FINANCE),
    "POST billing-association:postings-make": Rehearsed(_make),
    "GET billing-association:posting-batch": Rehearsed(_batch),
    "GET billing-association:profile": lambda _stage: Ask(path=f"{_POSTINGS}profile/hkr-csv/", role=_FINANCE),
    "POST billing-association:profile": Rehearsed(_profile),
}
