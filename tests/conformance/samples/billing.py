# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of billing."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.collection.collecting import collect, note_return
from billing.collection.mandates import end_mandate, enter_mandate, set_creditor
from billing.ingest.producers import issue_key, register_producer
from billing.population import read_population
from billing.postings.accounts import set_income_account, set_member_account, set_member_accounts
from billing.postings.exporting import export
from billing.postings.profiles import SHIPPED, save_profile
from billing.receivables.documents import take_document
from billing.receivables.models import Payment
from billing.receivables.payments import assign, take_payments, withdraw
from tenants.models import Tenant
from tests.billing.receivables.statements import entry, statement
from tests.conformance.samples import Stage
from tests.factories.billing import AS_OF, population_file
from tests.factories.ingest import make_producer
from tests.factories.receivables import OCTOBER, give_accounts, make_document, take
from verbund.kernel import clock

_IBAN = "DE89370400440532013000"


def _payment(stage: Stage) -> Any:
    """A payment of 50 € that names no document, and a document it may go to."""
    item = take(_luckau())
    take_payments(content=statement(entry(5_000, "Abschlag")), by=stage.by, at=clock.now())
    return partial(
        assign,
        payment_id=Payment.objects.latest("pk").pk,
        number=item.number,
        cents=5_000,
        reason="",
        by=stage.by,
        at=clock.now(),
    )


def _withdraw(stage: Stage) -> Any:
    made = _payment(stage)()
    return partial(withdraw, clearing_id=made.pk, reason="Probe", by=stage.by, at=clock.now())


def _mandate(stage: Stage) -> Any:
    return partial(
        enter_mandate,
        slug="luckau",
        reference="M-1",
        scheme="CORE",
        signed_on=date(2026, 1, 5),
        holder="",
        iban=_IBAN,
        by=stage.by,
        at=clock.now(),
    )


def _creditor(stage: Stage) -> Any:
    return partial(
        set_creditor,
        name="Zweckverband",
        iban=_IBAN,
        identifier="DE98ZZZ09999999999",
        by=stage.by,
        at=clock.now(),
    )


def _end_mandate(stage: Stage) -> Any:
    _mandate(stage)()
    return partial(end_mandate, reference="M-1", on=date(2026, 2, 1), by=stage.by, at=clock.now())


def _collect(stage: Stage) -> Any:
    _creditor(stage)()
    _mandate(stage)()
    take(_luckau(), number="RE-1")
    return partial(collect, collect_on=date(2099, 1, 5), by=stage.by, at=clock.now())


def _return(stage: Stage) -> Any:
    _collect(stage)()
    return partial(note_return, number="RE-1", by=stage.by, at=clock.now())


def _luckau() -> Tenant:
    return Tenant.objects.get(slug="luckau")


def _export(stage: Stage) -> Any:
    give_accounts(_luckau())
    take(_luckau())
    return partial(export, month=OCTOBER, profile="hkr-csv", by=stage.by, at=clock.now())


def _finance(stage: Stage) -> Any:
    return stage.client(stage.person("finance"))


def _statement_page(stage: Stage) -> Any:
    file = SimpleUploadedFile("auszug.xml", statement(entry(5_000, "Abschlag")))
    return _finance(stage).post("/abrechnung/offene-posten/auszug/", {"file": file})


def _payment_page(stage: Stage) -> Any:
    values = _payment(stage).keywords
    given = {"number": values["number"], "cents": "50,00"}
    return _finance(stage).post(f"/abrechnung/offene-posten/zahlungen/{values['payment_id']}/", given)


def _export_page(stage: Stage) -> Any:
    _export(stage)
    values = {"month": "2026-10", "profile": "hkr-csv"}
    return _finance(stage).post("/abrechnung/buchungen/ausgeben/", values)


def _profile_page(stage: Stage) -> Any:
    values = {
        "title": "Kasse",
        "columns": "Beleg | number",
        "separator": ";",
        "encoding": "utf-8",
        "aktion": "speichern",
    }
    return _finance(stage).post("/abrechnung/buchungen/profile/hkr-csv/", values)


def _member_accounts_page(stage: Stage) -> Any:
    take(_luckau())
    return _finance(stage).post("/abrechnung/konten/kommunen/", {"luckau": "70001"})


def _income_account_page(stage: Stage) -> Any:
    values = {"target": "PUB", "account": "4481", "tax_key": "", "product": ""}
    return _finance(stage).post("/abrechnung/konten/erloese/", values)


ROUTES = {
    "association billing-association:accounts-members": _member_accounts_page,
    "association billing-association:accounts-income": _income_account_page,
    "association billing-association:statement": _statement_page,
    "association billing-association:payment": _payment_page,
    "association billing-association:postings-make": _export_page,
    "association billing-association:profile": _profile_page,
}
SERVICES = {
    "billing.ingest.producers.register_producer": lambda stage: partial(
        register_producer,
        slug="gis",
        title="Kartendienst",
        meters=["gis.tiles"],
        tenants=None,
        by=stage.by,
        at=clock.now(),
    ),
    "billing.ingest.producers.issue_key": lambda stage: partial(
        issue_key, slug=make_producer().slug, by=stage.by, at=clock.now()
    ),
    "billing.population.read_population": lambda stage: partial(
        read_population,
        content=population_file(),
        reference_date=AS_OF,
        census="Zensus 2022",
        source="A I 4",
        by=stage.by,
        at=clock.now(),
    ),
    "billing.receivables.documents.take_document": lambda stage: partial(
        take_document, document=make_document(_luckau()), by=stage.by, at=clock.now()
    ),
    "billing.receivables.payments.take_payments": lambda stage: partial(
        take_payments, content=statement(entry(5_000, "Abschlag")), by=stage.by, at=clock.now()
    ),
    "billing.receivables.payments.assign": _payment,
    "billing.receivables.payments.withdraw": _withdraw,
    "billing.collection.mandates.set_creditor": _creditor,
    "billing.collection.mandates.enter_mandate": _mandate,
    "billing.collection.mandates.end_mandate": _end_mandate,
    "billing.collection.collecting.collect": _collect,
    "billing.collection.collecting.note_return": _return,
    "billing.postings.accounts.set_member_account": lambda stage: partial(
        set_member_account, slug="luckau", account="10001", by=stage.by, at=clock.now()
    ),
    "billing.postings.accounts.set_member_accounts": lambda stage: partial(
        set_member_accounts, accounts={"luckau": "70001"}, by=stage.by, at=clock.now()
    ),
    "billing.postings.accounts.set_income_account": lambda stage: partial(
        set_income_account,
        regime="STD",
        service="",
        account="8400",
        tax_key="3",
        product="",
        by=stage.by,
        at=clock.now(),
    ),
    "billing.postings.profiles.save_profile": lambda stage: partial(
        save_profile,
        slug="kasse",
        title="Kasse",
        definition=SHIPPED["hkr-csv"][1],
        by=stage.by,
        at=clock.now(),
    ),
    "billing.postings.exporting.export": _export,
}
WITHOUT_ROW = {
    "association billing-api-association:usage-events": "zählt; jedes Ereignis ist eine Zeile im Zählwerk, die niemand ändern kann",
}
