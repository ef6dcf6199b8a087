# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of mandates and direct debits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

_PURPOSE = _("Forderungen per Lastschrift einziehen")
_KEPT = _("mindestens zehn Jahre nach dem Ende des Jahres (§ 147 AO)")
_BASIS = _("Art. 6 Abs. 1 lit. e DSGVO, § 147 AO")

PRIVACY = (
    *(
        PrivacyEntry(
            model=f"billing_collection.{model}",
            purpose=_PURPOSE,
            personal=False,
            retention=_KEPT,
            kept_by=KEPT_BY_CHANGE,
        )
        for model in ("Creditor", "CollectedItem")
    ),
    PrivacyEntry(
        model="billing_collection.Mandate",
        purpose=_PURPOSE,
        personal=True,
        persons=(Persons.PAYERS,),
        data=(DataKind.NAME, DataKind.BANK),
        recipients=(Recipient.BANK,),
        legal_basis=_BASIS,
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
        encrypted_fields=("iban",),
    ),
    PrivacyEntry(
        model="billing_collection.Collection",
        purpose=_PURPOSE,
        personal=True,
        persons=(Persons.PAYERS,),
        data=(DataKind.NAME, DataKind.BANK),
        recipients=(Recipient.BANK,),
        legal_basis=_BASIS,
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
        encrypted_fields=("content",),
    ),
)
APART = {
    "billing_collection.Mandate": _(
        "nennt das Konto eines Mitglieds und dessen Inhaber, eine Kommune; bleibt, solange das Mandat nachzuweisen ist"
    ),
    "billing_collection.Collection": _(
        "nennt, wer eine Lastschriftdatei ausgegeben hat; bleibt als Nachweis (§ 147 AO)"
    ),
}
