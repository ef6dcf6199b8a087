# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who answers for the data, and how they are protected (Art. 30 (1) a, e and g DSGVO)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.kernel.context import Municipality
from verbund.kernel.ports import port
from verbund.web.texts import day_text


class ControllerContact(Protocol):
    """The port `ControllerContact`: how the controller is reached; an empty text is not filled in yet."""

    def address(self) -> str:
        """Street, place, telephone number and mailbox in one line."""

    def represented_by(self) -> str:
        """Who acts for the controller."""

    def data_protection(self) -> str:
        """The mailbox of the data protection officer."""

    def edit_url(self) -> str:
        """Where the staff fills in what is missing."""


def head(municipality: Municipality, *, at: datetime) -> list[tuple[str, ...]]:
    """What stands above the tables: label and text, and where something is missing the way to fill it in."""
    contact: ControllerContact | None = port("ControllerContact")  # type: ignore[assignment]  # the spec names such an object
    return [
        (_("Stand"), day_text(at)),
        (
            _("Verantwortlich"),
            ", ".join(filter(None, (municipality.name, contact.address() if contact else ""))),
        ),
        _from_contact(_("Vertreten durch"), contact, "represented_by"),
        _from_contact(_("Datenschutzbeauftragte Person"), contact, "data_protection"),
        (_("Auftragsverarbeiter"), _("der Verband, der die Plattform auf eigenen Rechnern betreibt")),
        (_("Drittländer"), _("Es werden keine Daten in Länder außerhalb der EU übermittelt.")),
    ]


def _from_contact(label: str, contact: ControllerContact | None, what: str) -> tuple[str, ...]:
    if contact is None:
        return label, "–"
    text: str = getattr(contact, what)()
    return (label, text) if text else (label, _("noch nicht eingetragen"), contact.edit_url(), _("Eintragen"))


def measures() -> list[str]:
    """Technical and organisational measures (Art. 32 DSGVO) that hold for every part of the platform."""
    days = settings.VERBUND.backup_keep_days
    return [
        _("Jede Kommune hat ein eigenes Datenbankschema, eine eigene Datenbankrolle und eigene Schlüssel."),
        _("Was Menschen erkennbar macht, ist mit dem Schlüssel der Kommune verschlüsselt."),
        _("Fotos werden neu gerechnet; Aufnahmeort und Gerät stehen nicht mehr darin."),
        _(
            "Beschäftigte melden sich mit Passwort und zweitem Faktor an und sehen nur, was ihre Aufgabe braucht."
        )
        if settings.VERBUND.require_second_factor
        else _("Beschäftigte melden sich persönlich an und sehen nur, was ihre Aufgabe braucht."),
        _(
            "Jede Änderung und jeder Zugriff des Verbands steht in einem Protokoll, das niemand unbemerkt ändert."
        ),
        _("Netzadressen und Namen von Browsern werden höchstens sieben Tage gespeichert."),
        ngettext(
            "Jede Nacht entsteht eine verschlüsselte Sicherung; sie wird %(days)s Tag aufbewahrt.",
            "Jede Nacht entsteht eine verschlüsselte Sicherung; sie wird %(days)s Tage aufbewahrt.",
            days,
        )
        % {"days": days},
    ]
