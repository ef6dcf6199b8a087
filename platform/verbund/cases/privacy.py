# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The package's entries in the record of processing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import KEPT_BY_CHANGE, KEPT_WITH_OWNER, PrivacyEntry
from verbund.kernel.texts import LazyText

_OFFICE = _("§ 26 BbgDSG")

ENTRIES = (
    PrivacyEntry(
        model="cases.Case",
        purpose=_("Vorgänge aller Bereiche in einer Liste bearbeiten"),
        personal=True,
        persons=(Persons.CITIZENS, Persons.STAFF),
        data=(DataKind.CASE,),
        legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO i. V. m. § 5 BbgDSG"),
        retention=_("wie der Vorgang, zu dem die Zeile gehört"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(
        model="cases.TimelineEntry",
        purpose=_("Verlauf eines Vorgangs zeigen"),
        personal=True,
        persons=(Persons.CITIZENS, Persons.STAFF),
        data=(DataKind.CASE, DataKind.MESSAGE, DataKind.ACTIVITY),
        recipients=(Recipient.PERSON_CONCERNED,),
        legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO i. V. m. § 5 BbgDSG"),
        retention=_("wie der Vorgang, zu dem die Zeile gehört"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(model="cases.Link", purpose=_("Zeigen, was zusammengehört"), personal=False),
    PrivacyEntry(model="cases.CaseCounter", purpose=_("Nummern vergeben"), personal=False),
    PrivacyEntry(
        model="cases.Contact",
        purpose=_("Vorgänge einer Person auf ihrer Statusseite zeigen"),
        personal=True,
        persons=(Persons.CITIZENS,),
        data=(DataKind.EMAIL, DataKind.CASE),
        legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO i. V. m. § 5 BbgDSG"),
        retention=_("wie der Vorgang, zu dem die Zeile gehört"),
        kept_by=KEPT_WITH_OWNER,
    ),
    PrivacyEntry(
        model="cases.StatusLink",
        purpose=_("Statusseite ohne Konto öffnen"),
        personal=True,
        persons=(Persons.CITIZENS,),
        data=(DataKind.CREDENTIAL,),
        legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO i. V. m. § 5 BbgDSG"),
        retention=_("bis der Link abläuft, höchstens 30 Tage"),
        kept_by="cases.forget_links",
    ),
    PrivacyEntry(
        model="cases.SavedView",
        purpose=_("Ansichten des Eingangs behalten"),
        personal=True,
        persons=(Persons.STAFF,),
        data=(DataKind.SETTING,),
        legal_basis=_OFFICE,
        retention=_("bis die Person die Ansicht oder ihr Konto entfernt"),
        kept_by=KEPT_BY_CHANGE,
    ),
    PrivacyEntry(
        model="cases.Deputy",
        purpose=_("Vertretung regeln"),
        personal=True,
        persons=(Persons.STAFF,),
        data=(DataKind.ROLE, DataKind.ACTIVITY),
        legal_basis=_OFFICE,
        retention=_("drei Monate nach dem letzten Tag"),
        kept_by="cases.forget_deputies",
    ),
)

_WITH_CASE = _("wird mit dem Vorgang genannt und gelöscht, zu dem es gehört")
_WITH_ACCOUNT = _("wird mit dem Konto entfernt, zu dem es gehört")

APART: Mapping[str, LazyText] = {
    "cases.Case": _WITH_CASE,
    "cases.TimelineEntry": _WITH_CASE,
    "cases.Contact": _WITH_CASE,
    "cases.SavedView": _WITH_ACCOUNT,
    "cases.Deputy": _("nennt nur Konten; wird drei Monate nach dem letzten Tag gelöscht"),
}
