# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of issued documents and of those who send and receive them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_BY_CHANGE, PrivacyEntry

PRIVACY = (
    PrivacyEntry(
        model="billing_issuing.Issuer",
        purpose=_("Absender auf Bescheiden und Rechnungen"),
        personal=False,
    ),
    PrivacyEntry(
        model="billing_issuing.Recipient",
        purpose=_("Anschrift der Mitglieder auf Bescheiden und Rechnungen"),
        personal=False,
    ),
    PrivacyEntry(
        model="billing_issuing.NumberRange", purpose=_("lückenlose Nummern der Dokumente"), personal=False
    ),
    PrivacyEntry(
        model="billing_issuing.Document",
        purpose=_("ausgestellte Bescheide und Rechnungen aufbewahren"),
        personal=True,
        persons=(Persons.OFFICIALS,),
        data=(DataKind.NAME, DataKind.POSTAL_ADDRESS, DataKind.EMAIL),
        recipients=(Recipient.MEMBER, Recipient.ACCOUNTING),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO, § 147 AO, § 14b UStG"),
        retention=_("Rechnungen acht, Bescheide zehn Jahre nach dem Ende des Jahres (§ 147 AO)"),
        kept_by=KEPT_BY_CHANGE,
    ),
    PrivacyEntry(
        model="billing_issuing.IssueRun",
        purpose=_("zeigen, wie weit das Ausstellen der Dokumente ist und was fehlt"),
        personal=True,
        persons=(Persons.ASSOCIATION_STAFF,),
        data=(DataKind.ACTIVITY,),
        legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO"),
        retention=_("mindestens zehn Jahre nach dem Ende des Jahres (§ 147 AO)"),
        kept_by=KEPT_BY_CHANGE,
    ),
)
APART = {
    "billing_issuing.Document": _(
        "nennt mit ihrer Kennung, wer ein Dokument ausgestellt hat; bleibt als Nachweis (§ 147 AO)"
    ),
    "billing_issuing.IssueRun": _(
        "nennt mit ihrer Kennung, wer das Ausstellen angestoßen hat; bleibt als Nachweis (§ 147 AO)"
    ),
}
