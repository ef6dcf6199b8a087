# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of accounts, profiles and postings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

_KEPT = _("mindestens zehn Jahre nach dem Ende des Jahres (§ 147 AO)")

PRIVACY = (
    *(
        PrivacyEntry(
            model=f"billing_postings.{model}",
            purpose=_("Buchungen an das Rechnungswesen übergeben"),
            personal=False,
            retention=_KEPT,
            kept_by=KEPT_BY_CHANGE,
        )
        for model in ("MemberAccount", "IncomeAccount", "Profile", "PostedItem")
    ),
    PrivacyEntry(
        model="billing_postings.PostingBatch",
        purpose=_("Nachweis, was wann an das Rechnungswesen übergeben wurde"),
        personal=True,
        persons=(Persons.ASSOCIATION_STAFF,),
        data=(DataKind.ACTIVITY,),
        recipients=(Recipient.ACCOUNTING,),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO, § 147 AO"),
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
    ),
)
APART = {
    "billing_postings.PostingBatch": _(
        "nennt, wer eine Datei für das Rechnungswesen ausgegeben hat; bleibt als Nachweis (§ 147 AO)"
    ),
}
