# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why an event is not counted, as it is kept and shown: a code, what it means, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class Reason(StrEnum):
    """What does not hold of an event; each belongs to one attribute of it."""

    FORM = "form"
    VERSION = "specversion"
    SOURCE = "source"
    ID = "id"
    ID_AHEAD = "id_ahead"
    ID_USED = "id_used"
    DATA = "data"
    SUBJECT = "subject"
    TYPE = "type"
    TIME = "time"
    TIME_AHEAD = "time_ahead"
    QUANTITY = "quantity"
    DIMENSIONS = "dimensions"


_SYSTEM = _("Das System muss seine Meldungen berichtigen und sie dann noch einmal senden.")
_CLOCK = _("Die Uhr des Systems geht vor. Nach dem Stellen die Meldungen noch einmal senden.")
# What it means, and what to do about it.
EXPLAINED: Mapping[Reason, tuple[LazyText, LazyText]] = {
    Reason.FORM: (_("Kein Ereignis als JSON-Objekt"), _SYSTEM),
    Reason.VERSION: (_("Andere Fassung von CloudEvents als 1.0"), _SYSTEM),
    Reason.SOURCE: (
        _("Quelle passt nicht zum Schlüssel"),
        _(
            "Im System das angemeldete Kürzel als Quelle eintragen, oder den Schlüssel des anderen Systems nehmen."
        ),
    ),
    Reason.ID: (_("Kennung ist keine UUID der Version 7"), _SYSTEM),
    Reason.ID_AHEAD: (_("Zeit in der Kennung liegt in der Zukunft"), _CLOCK),
    Reason.ID_USED: (
        _("Kennung ist für etwas anderes vergeben"),
        _(
            "Das System vergibt Kennungen doppelt. Gezählt ist das erste Ereignis; das zweite braucht eine neue."
        ),
    ),
    Reason.DATA: (_("Menge fehlt"), _SYSTEM),
    Reason.SUBJECT: (
        _("Kommune nicht angemeldet"),
        _(
            "Das System mit „verbund usage producer“ auch für diese Kommune anmelden, oder ihr Kürzel berichtigen."
        ),
    ),
    Reason.TYPE: (
        _("Zähler nicht angemeldet"),
        _(
            "Das System mit „verbund usage producer“ auch für diesen Zähler anmelden, oder ihn im System berichtigen."
        ),
    ),
    Reason.TIME: (_("Zeitpunkt ohne Datum, Uhrzeit oder Zeitzone"), _SYSTEM),
    Reason.TIME_AHEAD: (_("Zeitpunkt liegt in der Zukunft"), _CLOCK),
    Reason.QUANTITY: (
        _("Menge ist keine ganze Zahl ab 1"),
        _(
            "Was zu viel gemeldet war, mit einer Berichtigung abziehen; sonst die Menge im System berichtigen."
        ),
    ),
    Reason.DIMENSIONS: (_("Unzulässige Merkmale"), _SYSTEM),
}
