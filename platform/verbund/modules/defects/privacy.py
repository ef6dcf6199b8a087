# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The module's entries in the record of processing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_WITH_OWNER, PrivacyEntry, RetentionRule

_BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO i. V. m. § 5 BbgDSG")
_FIVE_YEARS = _("fünf Jahre nach dem Abschluss der Meldung")

ENTRIES = (
    PrivacyEntry(model="defects.Category", purpose=_("Meldungen ordnen"), personal=False),
    PrivacyEntry(
        model="defects.Report",
        purpose=_("Mängel entgegennehmen und beheben"),
        personal=True,
        persons=(Persons.CITIZENS,),
        data=(DataKind.LOCATION, DataKind.MESSAGE, DataKind.CASE),
        recipients=(Recipient.PUBLIC, Recipient.NEIGHBOUR, Recipient.ARCHIVE),
        legal_basis=_BASIS,
        retention=_FIVE_YEARS,
        kept_by="privacy.delete_due",
        rule="defects.report",
    ),
    PrivacyEntry(
        model="defects.Reporter",
        purpose=_("Rückfragen stellen und über den Stand informieren"),
        personal=True,
        persons=(Persons.CITIZENS,),
        data=(DataKind.NAME, DataKind.EMAIL, DataKind.PHONE),
        recipients=(Recipient.PERSON_CONCERNED,),
        legal_basis=_BASIS,
        retention=_FIVE_YEARS,
        kept_by="privacy.delete_due",
        rule="defects.report",
        encrypted_fields=("name", "email", "phone"),
    ),
    PrivacyEntry(
        model="defects.Confirmation",
        purpose=_("E-Mail-Adresse bestätigen lassen"),
        personal=False,
        retention=_("wie die Meldung; nur der Hashwert des Links"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(
        model="defects.Handover",
        purpose=_("Eine Meldung an die zuständige Kommune abgeben"),
        personal=False,
        retention=_("wie die Meldung"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(model="defects.ReportPhoto", purpose=_("Fotos einer Meldung zuordnen"), personal=False),
    PrivacyEntry(
        model="defects.Draft",
        purpose=_("Angaben zwischen den Schritten des Formulars behalten"),
        personal=True,
        persons=(Persons.CITIZENS,),
        data=(DataKind.NAME, DataKind.EMAIL, DataKind.PHONE, DataKind.LOCATION, DataKind.MESSAGE),
        legal_basis=_BASIS,
        retention=_("ein Tag nach der letzten Eingabe"),
        kept_by="defects.discard_drafts",
        encrypted_fields=("content",),
    ),
    PrivacyEntry(
        model="defects.DefectsSettings", purpose=_("Postfächer und Fristen festlegen"), personal=False
    ),
)

RULE = RetentionRule(
    slug="defects.report",
    label=_("Mängelmeldungen"),
    since=_("nach dem Abschluss der Meldung"),
    months=60,
    shortest=12,
    longest=120,
    legal_basis=_BASIS,
    keeping="verbund.modules.defects.keeping:REPORTS",
    exhibit="verbund.modules.defects.exhibits:exhibit_of",
    is_offered=True,
)
