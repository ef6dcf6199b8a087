# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told for each HTTP status: what happened and what they can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
_FIRST_FAULT = 500


@dataclass(frozen=True, slots=True)
class Words:
    """Title, explanation and ways out; ``retry`` where trying again may help."""

    code: str
    title: Text
    detail: Text
    ways_out: tuple[Text, ...]
    retry: bool = False


_BACK = _("Gehen Sie zurück und prüfen Sie Ihre Angaben.")
_LATER = _("Versuchen Sie es in einigen Minuten noch einmal.")
_TELL = _("Bleibt es dabei, nennen Sie uns bitte die Kennung unten.")

_BAD_REQUEST = Words(
    "bad_request",
    _("Die Anfrage war unvollständig"),
    _("Wir konnten Ihre Anfrage nicht lesen."),
    (_BACK, _TELL),
)
_FAULT = Words(
    "internal_error",
    _("Das hat nicht geklappt"),
    _("Bei uns ist ein Fehler aufgetreten. Er wurde festgehalten."),
    (_LATER, _TELL),
    retry=True,
)
_WORDS = {
    400: _BAD_REQUEST,
    401: Words("not_signed_in", _("Bitte melden Sie sich an"), _("Dafür brauchen Sie ein Konto."), ()),
    403: Words(
        "forbidden",
        _("Kein Zugriff"),
        _("Diese Seite ist für Sie nicht freigegeben."),
        (
            _("Melden Sie sich mit einem anderen Konto an."),
            _("Bitten Sie Ihre Verwaltung um die nötige Rolle."),
        ),
    ),
    404: Words(
        "not_found",
        _("Seite nicht gefunden"),
        _("Unter dieser Adresse gibt es nichts – oder nichts mehr."),
        (_("Prüfen Sie die Adresse auf Tippfehler."), _("Gehen Sie zur Startseite und suchen Sie von dort.")),
    ),
    405: Words("method_not_allowed", _("So geht es nicht"), _("Diese Adresse erlaubt das nicht."), (_BACK,)),
    409: Words(
        "conflict",
        _("Inzwischen geändert"),
        _("Jemand anderes war schneller."),
        (_("Laden Sie die Seite neu und sehen Sie sich den neuen Stand an."),),
    ),
    411: Words(
        "length_required",
        _("Die Länge fehlt"),
        _("Wir nehmen nur Daten an, deren Länge vorher angegeben ist."),
        (_BACK, _TELL),
    ),
    413: Words(
        "too_large",
        _("Das war zu groß"),
        _("Die Datei ist größer als erlaubt."),
        (_("Wählen Sie eine kleinere Datei."),),
    ),
    422: Words("invalid", _("Bitte prüfen Sie Ihre Angaben"), _("Etwas fehlt oder passt nicht."), (_BACK,)),
    429: Words(
        "too_many_requests",
        _("Bitte kurz warten"),
        _("Das waren sehr viele Anfragen in kurzer Zeit."),
        (_("Warten Sie eine Minute und versuchen Sie es dann noch einmal."),),
        retry=True,
    ),
    503: Words(
        "unavailable",
        _("Gerade nicht erreichbar"),
        _("Ein Teil der Plattform antwortet im Moment nicht."),
        (_LATER, _TELL),
        retry=True,
    ),
    507: Words(
        "storage_full",
        _("Der Speicher ist voll"),
        _("Was Sie gesendet haben, lässt sich gerade nicht ablegen."),
        (_LATER, _TELL),
        retry=True,
    ),
}


def words_for(status: int) -> Words:
    """The words for a status; an unknown one gets those of its class."""
    return _WORDS.get(status, _FAULT if status >= _FIRST_FAULT else _BAD_REQUEST)
