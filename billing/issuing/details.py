# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who issues and to whom: the association's own details and those of its members, checked before they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.eu import vat

from billing.closing.periods import must
from billing.iban import complaint, iban_of
from billing.issuing.leitweg import is_leitweg_id
from billing.issuing.models import InvoiceSyntax, Issuer, Recipient
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid

_POSTCODE = re.compile(r"\d{5}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_WAIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerDetails:
    """As `Issuer`; texts without blanks around them."""

    name: str
    street: str
    postcode: str
    city: str
    identifier: str
    contact: str
    phone: str
    email: str
    iban: str
    bic: str = ""
    bank: str = ""
    vat_id: str = ""
    tax_number: str = ""
    statute: str
    remedy: str
    days_to_pay: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientDetails:
    """As `Recipient`."""

    name: str
    street: str
    postcode: str
    city: str
    leitweg_id: str = ""
    customer_number: str
    email: str = ""
    syntax: str = InvoiceSyntax.UBL


@transaction.atomic
def change_issuer(*, details: IssuerDetails, by: Actor, at: datetime) -> Issuer:
    """Keep how the association stands on documents issued from now on; the association must be entered.

    Raises:
        Forbidden: the actor may not.
        Invalid: something is missing or does not hold; every such field is named.
    """
    must(by, BillingPermission.EDIT_COSTS)
    wrong = _missing(
        asdict(details),
        ("name", "street", "city", "identifier", "contact", "phone", "iban", "statute", "remedy"),
    )
    wrong |= _address(details.postcode, details.email)
    number = iban_of(details.iban)
    if number is None:
        wrong["iban"] = complaint()
    if not details.vat_id and not details.tax_number:
        wrong["tax_number"] = _(
            "Tragen Sie die Steuernummer oder die USt-IdNr. ein; eine von beiden ist Pflicht."
        )
    if details.vat_id and not vat.is_valid(details.vat_id):
        wrong["vat_id"] = _(
            "Diese USt-IdNr. stimmt nicht; eine deutsche beginnt mit DE und hat neun Ziffern."
        )
    if not 0 < details.days_to_pay <= _LONGEST_WAIT:
        wrong["days_to_pay"] = _("Die Zahlungsfrist liegt zwischen einem und 120 Tagen.")
    _refuse(wrong)
    row, _made = Issuer.objects.update_or_create(
        pk=1, defaults={**asdict(details), "iban": number or "", "changed_at": at}
    )
    audit.record(
        action="billing.issuer.changed",
        subject="billing.issuer:1",
        by=by,
        changes={"name": row.name, "iban": row.iban[-4:], "days_to_pay": row.days_to_pay},
        at=at,
    )
    return row


@transaction.atomic
def change_recipient(*, tenant: Tenant, details: RecipientDetails, by: Actor, at: datetime) -> Recipient:
    """Keep how a member stands on documents issued from now on; the association must be entered.

    Raises:
        Forbidden: the actor may not.
        Invalid: something is missing or does not hold; every such field is named.
    """
    must(by, BillingPermission.EDIT_COSTS)
    wrong = check_recipient(details)
    taken = Recipient.objects.filter(customer_number=details.customer_number).exclude(tenant=tenant)
    if taken.exists():
        wrong["customer_number"] = _("Diese Kundennummer hat schon ein anderes Mitglied.")
    _refuse(wrong)
    row, _made = Recipient.objects.update_or_create(
        tenant=tenant,
        defaults={**asdict(details), "changed_at": at},
    )
    audit.record(
        action="billing.recipient.changed",
        subject=f"billing.recipient:{tenant.number}",
        by=by,
        changes={
            "leitweg_id": row.leitweg_id,
            "customer_number": row.customer_number,
            "syntax": row.syntax,
        },
        at=at,
    )
    return row


def check_recipient(details: RecipientDetails) -> dict[str, str]:
    """What does not hold, by field; empty if all does."""
    wrong = _missing(asdict(details), ("name", "street", "city", "customer_number"))
    wrong |= _address(details.postcode, details.email or "keine@angabe.example")
    if details.syntax not in InvoiceSyntax.values:
        wrong["syntax"] = _("Wählen Sie XRechnung (UBL) oder ZUGFeRD.")
    if details.leitweg_id and not is_leitweg_id(details.leitweg_id):
        wrong["leitweg_id"] = _(
            "Diese Leitweg-ID stimmt nicht: die Prüfziffern am Ende passen nicht zum Rest. Vergleichen Sie sie mit der Mitteilung des Mitglieds."
        )
    return wrong


def _missing(values: dict[str, object], names: Iterable[str]) -> dict[str, str]:
    return {name: _("Diese Angabe fehlt.") for name in names if not str(values[name]).strip()}


def _address(postcode: str, email: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not _POSTCODE.fullmatch(postcode):
        wrong["postcode"] = _("Eine Postleitzahl hat fünf Ziffern.")
    if not _MAIL.fullmatch(email):
        wrong["email"] = _("Das ist keine E-Mail-Adresse.")
    return wrong


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(" ".join(wrong.values()), fields=wrong)
