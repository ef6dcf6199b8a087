# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words people read for whose data, which of them, and who gets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.texts import LazyText

LABELS: Final[Mapping[StrEnum, LazyText]] = {
    Persons.CITIZENS: _("Bürgerinnen und Bürger"),
    Persons.STAFF: _("Beschäftigte der Kommune"),
    Persons.ASSOCIATION_STAFF: _("Beschäftigte des Verbands"),
    Persons.OFFICIALS: _("Vertretung und Ansprechpersonen der Kommune"),
    Persons.PAYERS: _("Zahlende"),
    DataKind.NAME: _("Name"),
    DataKind.EMAIL: _("E-Mail-Adresse"),
    DataKind.PHONE: _("Telefonnummer"),
    DataKind.POSTAL_ADDRESS: _("Anschrift"),
    DataKind.LOCATION: _("Ort auf der Karte"),
    DataKind.MESSAGE: _("Text der Nachricht"),
    DataKind.PHOTO: _("Fotos"),
    DataKind.CASE: _("Stand und Verlauf des Vorgangs"),
    DataKind.ROLE: _("Funktion und Rechte"),
    DataKind.CREDENTIAL: _("Zugangsdaten als Prüfsumme oder verschlüsselt"),
    DataKind.ACTIVITY: _("Wer was wann getan hat"),
    DataKind.SETTING: _("Eigene Einstellungen"),
    DataKind.DEVICE: _("Netzadresse als Prüfsumme"),
    DataKind.BANK: _("Bankverbindung"),
    Recipient.PERSON_CONCERNED: _("die Person selbst"),
    Recipient.PUBLIC: _("die Öffentlichkeit, nach Freigabe"),
    Recipient.NEIGHBOUR: _("die zuständige Kommune, bei Abgabe"),
    Recipient.ARCHIVE: _("das zuständige Archiv, auf Angebot"),
    Recipient.MEMBER: _("die Mitglieder des Verbands"),
    Recipient.BANK: _("die Bank des Verbands"),
    Recipient.ACCOUNTING: _("die Buchhaltung des Verbands"),
}


def in_words(items: Iterable[StrEnum]) -> str:
    """`Name, E-Mail-Adresse` in the language of the page."""
    return ", ".join(str(LABELS[item]) for item in items)
