# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's and its members' details, and a month whose documents can be issued."""

from __future__ import annotations

from dataclasses import replace

from billing.closing.approving import approve_period
from billing.costs.structure import add_service
from billing.costs.versions import add_price_version, add_regime_version
from billing.issuing.details import IssuerDetails, RecipientDetails, change_issuer, change_recipient
from billing.issuing.leitweg import with_check_digits
from billing.issuing.models import Issuer, Recipient
from tenants.models import Tenant
from tests.factories.closing import AT, FIRST, OCTOBER, TODAY, Books, calculated, finance, make_books
from tests.factories.drafts import IBAN
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import Municipality
from verbund.metering.periods import Period

ISSUER = IssuerDetails(
    name="Zweckverband Muster-IT",
    street="Markt 1",
    postcode="15926",
    city="Luckau",
    identifier="ZV-MUSTER",
    contact="Finanzen",
    phone="03544 12345",
    email="finanzen@verbund.example",
    iban=IBAN,
    bank="Musterbank",
    vat_id="DE136695976",
    tax_number="056/144/00000",
    statute="§ 12 der Verbandssatzung",
    remedy="Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden.",
)


def make_issuer(*, by: Actor | None = None, **changed: object) -> Issuer:
    return change_issuer(details=replace(ISSUER, **changed), by=by or finance(), at=AT)  # type: ignore[arg-type]  # fields by name


def recipient_details(tenant: Tenant, **changed: object) -> RecipientDetails:
    given = RecipientDetails(
        name=tenant.name,
        street="Dorfstraße 1",
        postcode="15926",
        city=tenant.name,
        leitweg_id=with_check_digits("12061219", f"M{tenant.number}"),
        customer_number=f"1{tenant.number:04d}",
    )
    return replace(given, **changed)  # type: ignore[arg-type]  # fields by name


def make_recipient(tenant: Tenant, *, by: Actor | None = None, **changed: object) -> Recipient:
    details = recipient_details(tenant, **changed)
    return change_recipient(tenant=tenant, details=details, by=by or finance(), at=AT)


def make_services(*, at: Period = OCTOBER) -> None:
    """A service of each regime beside those of the books, with a base fee."""
    for code, title, regime, fee in (
        ("amt", "Amtshilfe", "PUB", "12.34"),
        ("kg", "Fachverfahren", "CSG", "5"),
    ):
        service = add_service(code=code, title=title, by=SYSTEM, at=AT)
        add_regime_version(
            service=service, valid_from=FIRST, regime=regime, source="Beratung", by=SYSTEM, at=AT
        )
        add_price_version(
            service=service,
            valid_from=FIRST,
            source="Preisblatt",
            definition={"base_fee": fee, "charges": []},
            by=SYSTEM,
            at=AT,
        )


def approved_month(*members: Municipality) -> Books:
    """October, calculated and approved, with everybody's details; the association is entered."""
    books = make_books(*members)
    make_services()
    make_issuer()
    for tenant in books.members:
        make_recipient(tenant)
    calculated()
    approve_period(period=OCTOBER, by=finance(), at=AT, today=TODAY)
    return books
