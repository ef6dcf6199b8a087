# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of thresholds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import KEPT_WITH_OWNER, PrivacyEntry

_PURPOSE = _("Bescheid geben, wenn Nutzung oder Kosten eine selbst gesetzte Schwelle erreichen")

PRIVACY = (
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
APART = {"billing_alerts.Recipient": _("wird mit dem Konto entfernt")}
