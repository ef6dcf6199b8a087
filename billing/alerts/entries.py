# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of thresholds and of mails about documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import KEPT_WITH_OWNER, PrivacyEntry

_PURPOSE = _("Bescheid geben, wenn Nutzung oder Kosten eine selbst gesetzte Schwelle erreichen")
_DOCUMENTS = _("Bescheid geben, wenn der Verband ein Dokument ausgestellt hat")

PRIVACY = (
    PrivacyEntry(model="billing_alerts.DocumentNotice", purpose=_DOCUMENTS, personal=False),
    PrivacyEntry(
        model="billing_alerts.DocumentMailDeclined",
        purpose=_DOCUMENTS,
        personal=True,
        persons=(Persons.STAFF,),
        data=(DataKind.SETTING,),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO"),
        retention=_("so lange wie das Konto"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(model="billing_alerts.Threshold", purpose=_PURPOSE, personal=False),
    PrivacyEntry(model="billing_alerts.Crossing", purpose=_PURPOSE, personal=False),
    PrivacyEntry(
        model="billing_alerts.Recipient",
        purpose=_PURPOSE,
        personal=True,
        persons=(Persons.STAFF,),
        data=(DataKind.EMAIL, DataKind.SETTING),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO"),
        retention=_("so lange wie das Konto"),
        kept_by=KEPT_WITH_OWNER,
    ),
)
_WITH_ACCOUNT = _("wird mit dem Konto entfernt")
APART = {
    "billing_alerts.Recipient": _WITH_ACCOUNT,
    "billing_alerts.DocumentMailDeclined": _WITH_ACCOUNT,
}
