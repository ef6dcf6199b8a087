# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up data for the style page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from verbund.web.charts import Look, Point, Series, columns_of, spread_of
from verbund.web.texts import number_text


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


NAVIGATION = [
    {"label": "Rat und Ausschüsse", "url": "?rat", "is_current": False},
    {"label": "Karte", "url": "?karte", "is_current": False},
    {"label": "Schaden melden", "url": "?melden", "is_current": True},
    {"label": "Beteiligung", "url": "?beteiligung", "is_current": False},
    {"label": "Online-Anträge", "url": "?antraege", "is_current": False},
    {"label": "Mein Ort", "url": "?abo", "is_current": False},
]
STAFF_NAVIGATION = [
    {"label": "Posteingang", "url": "?eingang", "is_current": True, "badge": 7, "badge_label": "neu"},
    {"label": "Mängel", "url": "?maengel"},
    {"label": "Prüfungen", "url": "?pruefungen", "badge": 2, "badge_label": "fällig"},
    {"label": "Sitzungen", "url": "?sitzungen"},
    {"label": "Beteiligung", "url": "?beteiligung"},
    {"label": "Orte und Anlagen", "url": "?orte"},
    {"label": "Einstellungen", "url": "?einstellungen"},
]
CONSOLE_NAVIGATION = [
    {"label": "Kommunen", "url": "?kommunen", "is_current": True},
    {"label": "Aufnahme", "url": "?aufnahme", "badge": 1, "badge_label": "läuft"},
    {"label": "Nutzung", "url": "?nutzung"},
    {"label": "Abrechnung", "url": "?abrechnung"},
    {"label": "Betrieb", "url": "?betrieb"},
]
FRAME: dict[str, Any] = {
    "navigation": NAVIGATION,
    "utility_links": [
        {"label": "Leichte Sprache", "url": "?ls", "icon": "easy-language"},
        {"label": "Gebärdensprache", "url": "?dgs", "icon": "sign-language"},
    ],
    "legal_links": [
        {"label": "Impressum", "url": "?impressum"},
        {"label": "Datenschutz", "url": "?datenschutz"},
        {"label": "Erklärung zur Barrierefreiheit", "url": "?barrierefreiheit"},
    ],
    "footer_links": [
        {"label": "Stand meiner Meldung", "url": "?stand"},
        {"label": "Mein Ort: Nachrichten abonnieren", "url": "?abo"},
        {"label": "Barriere melden", "url": "?barriere"},
    ],
    "site_address": "Rathausplatz 1\n15926 Musterstadt",
    "site_contacts": [
        {"label": "03544 12 34 56", "url": "tel:+493544123456"},
        {"label": "rathaus@musterstadt.example", "url": "mailto:rathaus@musterstadt.example"},
    ],
    "login_url": "?anmelden",
    "search_url": "?suche",
}
STAFF_FRAME: dict[str, Any] = {
    **FRAME,
    "navigation": STAFF_NAVIGATION,
    "footer_links": [],
    "site_address": "",
    "site_contacts": [],
    "account": {
        "name": "Jana Beispiel",
        "role": "Sachbearbeitung, Ordnungsamt",
        "links": [("Mein Konto", "?konto"), ("Hilfe", "?hilfe")],
        "logout_url": "?abmelden",
    },
}
CONSOLE_FRAME: dict[str, Any] = {**STAFF_FRAME, "navigation": CONSOLE_NAVIGATION}

TILES = [
    {
        "label": "Rat und Ausschüsse",
        "url": "?rat",
        "description": "Sitzungen, Vorlagen und Beschlüsse.",
        "figure": "24.11.",
        "unit": "nächste Sitzung",
    },
    {
        "label": "Schaden melden",
        "url": "?melden",
        "description": "Laterne aus, Schlagloch, wilder Müll: Sagen Sie es uns.",
        "figure": 12,
        "unit": "in Bearbeitung",
    },
    {
        "label": "Beteiligung",
        "url": "?beteiligung",
        "description": "Reden Sie mit bei Plänen und Vorhaben.",
        "figure": 2,
        "unit": "laufen gerade",
    },
    {"label": "Karte", "url": "?karte", "description": "Bauleitpläne, Spielplätze und vieles mehr."},
]
TIMELINE = [
    {
        "title": "Eingegangen",
        "at": at(12, 8, 14),
        "text": "Wir haben Ihre Meldung erhalten.",
        "actor": "Bürgerservice",
    },
    {
        "title": "Rückfrage",
        "at": at(12, 13, 40),
        "text": "Der Mast trägt die Nummer 214, laut Bauhof gehört er zur Landesstraße.",
        "actor": "Jana Beispiel",
        "is_internal": True,
    },
    {
        "title": "In Bearbeitung",
        "at": at(13, 7, 2),
        "text": "Der Bauhof prüft die Stelle.",
        "actor": "Bauhof",
        "state": "current",
        "files": [{"name": "Foto der Laterne", "url": "?foto", "kind": "JPEG", "size": 842_000}],
    },
    {"title": "Erledigung", "text": "Voraussichtlich bis 20.11.2026.", "state": "open"},
]
STEPS = [
    {
        "label": "Datenbank-Schema anlegen",
        "state": "done",
        "detail": "m_000042, 31 Tabellen",
        "seconds": 2.71,
    },
    {"label": "Schlüssel und Zugang im Tresor", "state": "done", "seconds": 0.42},
    {
        "label": "Rollen und erstes Konto",
        "state": "warning",
        "detail": "Einladung an rathaus@musterstadt.example kam nicht an.",
        "url": "?konto",
    },
    {"label": "Module einschalten", "state": "running", "detail": "Schaden melden, Rat und Ausschüsse"},
    {"label": "Rechtliche Seiten", "state": "waiting"},
    {"label": "Eigene Tresor-Anbindung", "state": "skipped"},
    {
        "label": "Abnahme",
        "state": "failed",
        "detail": "Impressum fehlt. Bitte ergänzen und erneut prüfen.",
        "url": "?impressum",
    },
]
ROWS = [
    {
        "number": "M-2026-0041",
        "on": at(11, 9, 0),
        "kind": "Straßenlaterne",
        "light": "green",
        "state": "erledigt",
        "who": "Bauhof",
        "meters": 120,
    },
    {
        "number": "M-2026-0039",
        "on": at(10, 15, 5),
        "kind": "Schlagloch",
        "light": "yellow",
        "state": "in Bearbeitung",
        "who": "Jana Beispiel",
        "meters": 340,
    },
    {
        "number": "M-2026-0035",
        "on": at(6, 11, 30),
        "kind": "Wilder Müll am Feldweg",
        "light": "yellow-green",
        "state": "weitergeleitet",
        "who": "Landkreis",
        "meters": 415,
    },
    {
        "number": "M-2026-0031",
        "on": at(2, 18, 44),
        "kind": "Verkehrszeichen",
        "light": "red",
        "state": "eingegangen",
        "who": "",
        "meters": 1560,
    },
]
SUMMARY = [
    ("Vorgang", "M-2026-0042"),
    ("Art", "Straßenlaterne"),
    ("Ort", "Hauptstraße 12, 15926 Luckau", "?ort", "Ändern"),
    ("Zuständig", "Bauhof", "?zustaendig", "Ändern"),
    ("Antwort an", None),
]
FILES = [
    {"name": "Vorlage 12/26 Haushaltssatzung", "url": "?datei1", "kind": "PDF", "size": 1_240_000},
    {"name": "Niederschrift vom 04.11.2026", "url": "?datei2", "kind": "PDF", "size": 356_000},
]
FIGURES = [
    {"label": "Offene Meldungen", "value": "12", "note": "3 mehr als vor einer Woche"},
    {"label": "Erste Antwort", "value": "1,4", "unit": "Arbeitstage", "note": "Ziel: 3 Arbeitstage"},
    {"label": "Erledigt im November", "value": "48"},
    {"label": "Kosten im Quartal", "value": "1.234,50 €", "note": "Anteil der Kommune"},
]
POINTS = [
    ("Straßenlaterne, Hauptstraße 12", 51.852, 13.716, "green", "erledigt"),
    ("Schlagloch, Am Markt", 51.8545, 13.7131, "yellow", "in Bearbeitung"),
    ("Schlagloch, Am Markt 3", 51.8546, 13.7134, "yellow", "in Bearbeitung"),
    ("Wilder Müll, Feldweg", 51.862, 13.73, "yellow-green", "weitergeleitet"),
    ("Verkehrszeichen, Nordpromenade", 51.8583, 13.7098, "red", "eingegangen"),
]

_NAMES = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
MONTHS = columns_of(
    [Point(name=name, label=name[:3]) for name in _NAMES],
    [
        [
            Series(
                label="Vorjahr",
                values=[310, 290, 330, 320, 300, 280, 250, 260, 330, 340, 350, 270],
                look=Look.PALE,
            )
        ],
        [
            Series(label="gezählt", values=[320, 310, 345, 322, 318, 290, 262, 270, 341, 352, 210, None]),
            Series(label="erwartet", values=[*[None] * 10, 150, 282], look=Look.OPEN),
        ],
    ],
    number_text,
    axis="Monat",
    mark=(380, "Ihre Schwelle: 380"),
)
_VALUES = (420, -180, 0, -95)
DIFFERENCES = list(
    zip(("Bad Beispielsee", "Musterstadt", "Neudorf", "Altdorf"), _VALUES, spread_of(_VALUES), strict=True)
)
