# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of receivables and payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

_PURPOSE = _("Forderungen an die Mitglieder und ihre Zahlungen führen")
_KEPT = _("mindestens zehn Jahre nach dem Ende des Jahres (§ 147 AO)")
_BASIS = _("Art. 6 Abs. 1 lit. e DSGVO, § 147 AO")

PRIVACY = (
    *(
        PrivacyEntry(
            model=f"billing_receivables.{model}",
            purpose=_PURPOSE,
            personal=False,
            retention=_KEPT,
            kept_by=KEPT_BY_CHANGE,
        )
        for model in ("Item", "ItemLine")
    ),
    PrivacyEntry(
        model="billing_receivables.Payment",
        purpose=_PURPOSE,
        personal=True,
        persons=(Persons.PAYERS,),
        data=(DataKind.NAME, DataKind.BANK, DataKind.MESSAGE),
        recipients=(Recipient.BANK,),
        legal_basis=_BASIS,
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
        encrypted_fields=("payer", "text"),
    ),
    PrivacyEntry(
        model="billing_receivables.Clearing",
        purpose=_PURPOSE,
        personal=True,
        persons=(Persons.ASSOCIATION_STAFF,),
        data=(DataKind.ACTIVITY,),
        legal_basis=_BASIS,
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
    ),
)
APART = {
    "billing_receivables.Payment": _(
        "nennt, wer auf das Konto des Verbands gezahlt hat, in aller Regel eine Kommune; bleibt als Buchungsbeleg (§ 147 AO)"
    ),
    "billing_receivables.Clearing": _(
        "nennt mit ihrer Kennung, wer eine Zahlung zugeordnet hat; bleibt als Nachweis (§ 147 AO)"
    ),
}
