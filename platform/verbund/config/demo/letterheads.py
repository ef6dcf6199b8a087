# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the demo's association and its members stand on documents. Streets, numbers and ids are examples and belong to nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from billing.issuing.details import IssuerDetails, RecipientDetails, change_issuer, change_recipient
from billing.issuing.leitweg import with_check_digits
from billing.issuing.models import Issuer
from tenants.models import Tenant
from verbund.config.demo.choice import chosen_slugs, rows
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM

_ISSUER = IssuerDetails(
    name="Kommunaler IT-Verband (Demo)",
    street="Musterstraße 1",
    postcode="15926",
    city="Luckau",
    identifier="VERBUND-DEMO",
    contact="Finanzen",
    phone="0000 12345-0",
    email="finanzen@verbund.example",
    iban="DE02120300000000202051",
    bank="Musterbank",
    vat_id="DE136695976",
    tax_number="000/000/00000",
    statute="§ 12 der Verbandssatzung (Muster)",
    remedy=(
        "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch beim Kommunalen IT-Verband (Demo), "
        "Musterstraße 1, 15926 Luckau, erhoben werden. Der Widerspruch hat keine aufschiebende Wirkung."
    ),
)


def make_letterheads(*, at: datetime) -> None:
    """Details of the association and of each member, unless there are some already."""
    places = {row["slug"]: row for row in rows("municipalities.csv")}
    with context.enter_association(), transaction.atomic():
        if Issuer.objects.exists():
            return
        change_issuer(details=_ISSUER, by=SYSTEM, at=at)
        for tenant in Tenant.objects.filter(slug__in=chosen_slugs()).order_by("number"):
            change_recipient(
                tenant=tenant,
                details=RecipientDetails(
                    name=tenant.name,
                    street="Musterstraße 1",
                    postcode=places[tenant.slug]["postal_code"],
                    city=tenant.name,
                    leitweg_id=with_check_digits(tenant.ars, "DEMO"),
                    customer_number=f"{10_000 + tenant.number}",
                    email=f"kaemmerei@{tenant.slug}.example",
                ),
                by=SYSTEM,
                at=at,
            )
