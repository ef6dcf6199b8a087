# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents as the accounts take them."""

from __future__ import annotations

from datetime import date
from itertools import count

from billing.postings.accounts import set_income_account, set_member_account
from billing.receivables.documents import Document, Line, take_document
from billing.receivables.models import DocumentKind, Item
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality

OCTOBER = date(2026, 10, 1)
_numbers = count(1)


def make_document(municipality: Municipality, *lines: Line, **changes) -> Document:
    """A bill of October, issued on 12 November; without lines one of 119 € gross."""
    given = {
        "number": f"RE-2026-{next(_numbers):04d}",
        "kind": DocumentKind.INVOICE,
        "tenant": municipality.number,
        "month": OCTOBER,
        "issued_on": date(2026, 11, 12),
        "due_on": date(2026, 12, 14),
        "lines": lines or (line(),),
    }
    return Document(**{**given, **changes})


def line(net_cents: int = 10_000, tax_cents: int = 1_900, **changes) -> Line:
    given = {"regime": "STD", "text": "Rechenzentrum", "service": "rz"}
    return Line(net_cents=net_cents, tax_cents=tax_cents, **{**given, **changes})


def take(municipality: Municipality, *lines: Line, **changes) -> Item:
    return take_document(document=make_document(municipality, *lines, **changes), by=SYSTEM, at=clock.now())


def give_accounts(*municipalities: Municipality) -> None:
    """Accounts of the members and of all four regimes."""
    for municipality in municipalities:
        slug = Tenant.objects.get(number=municipality.number).slug
        set_member_account(slug=slug, account=str(10_000 + municipality.number), by=SYSTEM, at=clock.now())
    for regime, account, key in (
        ("LEVY", "4480", ""),
        ("PUB", "4481", ""),
        ("CSG", "8100", ""),
        ("STD", "8400", "3"),
    ):
        set_income_account(
            regime=regime,
            service="",
            account=account,
            tax_key=key,
            product="11.1.05",
            by=SYSTEM,
            at=clock.now(),
        )
