# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of billing periods."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

_PURPOSE = _("Monate abrechnen, freigeben und abschließen")
_KEPT = _("mindestens zehn Jahre nach dem Ende des Jahres (§ 147 AO)")

PRIVACY = (
    *(
        PrivacyEntry(
            model=f"billing_closing.{model}",
            purpose=_PURPOSE,
            personal=False,
            retention=_KEPT,
            kept_by=KEPT_BY_CHANGE,
        )
        for model in ("BillingPeriod", "Run", "Statement", "StatementLine", "Adjustment", "LateDecision")
    ),
    PrivacyEntry(
        model="billing_closing.Participation",
        purpose=_("Nachweis, dass eine zweite Person freigegeben hat"),
        personal=True,
        persons=(Persons.ASSOCIATION_STAFF,),
        data=(DataKind.ACTIVITY,),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO, § 146 AO"),
        retention=_KEPT,
        kept_by=KEPT_BY_CHANGE,
    ),
)
APART = {
    "billing_closing.Participation": _(
        "nennt mit ihrer Kennung, wer einen Monat berechnet, berichtigt oder freigegeben hat; bleibt als Nachweis (§ 147 AO)"
    ),
}
