# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who issues and to whom, as documents name them today: details of both sides, and mandates of those who are debited."""

from __future__ import annotations

from django.utils.translation import gettext as _

from billing.collection.models import Creditor, Mandate
from billing.issuing.draft import Address, Buyer, Seller
from billing.issuing.models import Issuer, Recipient
from tenants.models import Tenant
from verbund.kernel.errors import Invalid


class Parties:
    """Both sides, read once for a whole month; the association must be entered.

    Raises:
        Invalid: the association's own details are missing.
    """

    def __init__(self) -> None:
        self._issuer = get_issuer()
        self._recipients = {row.tenant_id: row for row in Recipient.objects.all()}
        self._mandates = {row.tenant_id: row for row in Mandate.objects.filter(ended_on=None)}
        self._creditor = Creditor.objects.first()

    @property
    def days_to_pay(self) -> int:
        return self._issuer.days_to_pay

    @property
    def seller(self) -> Seller:
        """The association as a document names it."""
        issuer = self._issuer
        return Seller(
            name=issuer.name,
            address=Address(street=issuer.street, postcode=issuer.postcode, city=issuer.city),
            identifier=issuer.identifier,
            contact=issuer.contact,
            phone=issuer.phone,
            email=issuer.email,
            iban=issuer.iban,
            bic=issuer.bic,
            bank=issuer.bank,
            vat_id=issuer.vat_id,
            tax_number=issuer.tax_number,
            creditor_id=self._creditor.identifier if self._creditor else "",
            statute=issuer.statute,
            remedy=issuer.remedy,
        )

    def buyer(self, tenant: Tenant, *, needs_leitweg_id: bool) -> Buyer:
        """The member as a document names it.

        Raises:
            Invalid: something is missing that the document must say.
        """
        row, named = self._recipients.get(tenant.number), {"name": tenant.name}
        if row is None:
            sentence = (
                _(
                    "Für %(name)s fehlen Anschrift und Kundennummer. Tragen Sie sie unter „Mitglieder“ ein oder lesen Sie die Stammdaten ein."
                )
                % named
            )
            raise Invalid(sentence, fields={"recipient": sentence})
        if needs_leitweg_id and not row.leitweg_id:
            sentence = (
                _(
                    "Für %(name)s fehlt die Leitweg-ID, ohne die keine XRechnung entsteht. Tragen Sie sie unter „Mitglieder“ ein."
                )
                % named
            )
            raise Invalid(sentence, fields={"leitweg_id": sentence})
        mandate = self._mandates.get(tenant.number)
        return Buyer(
            name=row.name,
            address=Address(street=row.street, postcode=row.postcode, city=row.city),
            leitweg_id=row.leitweg_id,
            customer_number=row.customer_number,
            email=row.email,
            mandate=mandate.reference if mandate else "",
            iban=mandate.iban if mandate else "",
            syntax=row.syntax,
        )


def get_issuer() -> Issuer:
    """The association's own details.

    Raises:
        Invalid: there are none yet.
    """
    row = Issuer.objects.first()
    if row is None:
        sentence = _(
            "Es fehlt, wie der Verband auf seinen Dokumenten steht: Name, Anschrift, Bankverbindung, Steuernummer. Tragen Sie es unter „Absender“ ein."
        )
        raise Invalid(sentence, fields={"issuer": sentence})
    return row
