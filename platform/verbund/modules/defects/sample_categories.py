# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The categories a municipality starts with: few, broad, in everyday words; each municipality may change them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCategory:
    """One kind of defect.

    ``code``, ``group`` and ``keywords`` go out through Open311 as well. ``working_days`` is the target for finishing,
    ``duplicate_radius_m`` how near another report of the kind must be to be offered as the same (0: never).
    ``hint`` stands above the form when the kind is chosen.
    """

    code: str
    name: str
    description: str
    group: str
    keywords: tuple[str, ...]
    working_days: int
    duplicate_radius_m: int
    hint: str = ""


TRAFFIC = "Straße und Verkehr"
GREEN = "Grün und Spielen"
ORDER = "Sauberkeit und Ordnung"
MISC = "Anderes"

SAMPLE_CATEGORIES = (
    SampleCategory(
        code="street-light",
        name="Straßenbeleuchtung",
        description="Laterne ist dunkel, flackert, brennt am Tag oder ist beschädigt.",
        group=TRAFFIC,
        keywords=("Laterne", "Lampe", "Licht", "dunkel", "flackert", "Mast", "Leuchte"),
        working_days=10,
        duplicate_radius_m=60,
        hint="Liegt ein Kabel offen oder ist ein Mast umgefahren? Halten Sie Abstand und rufen Sie die 112.",
    ),
    SampleCategory(
        code="road-damage",
        name="Schlagloch und Straßenschaden",
        description="Loch, Riss, Absackung oder lose Steine auf der Fahrbahn.",
        group=TRAFFIC,
        keywords=("Schlagloch", "Loch", "Fahrbahn", "Asphalt", "Pflaster", "Absackung", "Straße"),
        working_days=20,
        duplicate_radius_m=80,
    ),
    SampleCategory(
        code="pavement",
        name="Gehweg und Radweg",
        description="Stolperstelle, lose Platte, Wurzelaufbruch, fehlende Absenkung.",
        group=TRAFFIC,
        keywords=("Gehweg", "Radweg", "Platte", "Stolperstelle", "Bordstein", "Wurzel", "Bürgersteig"),
        working_days=20,
        duplicate_radius_m=60,
    ),
    SampleCategory(
        code="traffic-sign",
        name="Verkehrszeichen und Ampel",
        description="Schild fehlt, ist verdreht, verdeckt oder beschädigt.",
        group=TRAFFIC,
        keywords=("Schild", "Verkehrszeichen", "Ampel", "Straßenname", "Spiegel", "Poller"),
        working_days=10,
        duplicate_radius_m=50,
        hint="Ist eine Kreuzung dadurch gefährlich? Rufen Sie bitte die Polizei unter 110.",
    ),
    SampleCategory(
        code="drainage",
        name="Gully und Entwässerung",
        description="Ablauf verstopft, Deckel lose oder fehlt, Wasser steht auf der Straße.",
        group=TRAFFIC,
        keywords=("Gully", "Gulli", "Ablauf", "Regenwasser", "Pfütze", "Graben", "Durchlass", "Kanaldeckel"),
        working_days=10,
        duplicate_radius_m=60,
        hint="Fehlt ein Deckel ganz? Sichern Sie die Stelle, wenn das gefahrlos geht, und rufen Sie die 112.",
    ),
    SampleCategory(
        code="greenery",
        name="Grünfläche und Baum",
        description="Abgebrochener Ast, kranker Baum, zugewachsener Weg, ungepflegte Fläche.",
        group=GREEN,
        keywords=("Baum", "Ast", "Hecke", "Rasen", "zugewachsen", "Grünfläche", "Friedhof", "Laub"),
        working_days=15,
        duplicate_radius_m=80,
        hint="Droht ein Baum oder Ast sofort zu stürzen? Rufen Sie die 112.",
    ),
    SampleCategory(
        code="playground",
        name="Spielplatz und Sitzbank",
        description="Spielgerät beschädigt, Scherben im Sand, Bank oder Tisch kaputt.",
        group=GREEN,
        keywords=("Spielplatz", "Schaukel", "Rutsche", "Sandkasten", "Bank", "Klettergerüst", "Bolzplatz"),
        working_days=5,
        duplicate_radius_m=60,
    ),
    SampleCategory(
        code="dumped-waste",
        name="Wilder Müll",
        description="Abgelagerter Sperrmüll, Bauschutt, Reifen, überquellender Papierkorb.",
        group=ORDER,
        keywords=("Müll", "Sperrmüll", "Abfall", "Reifen", "Bauschutt", "Papierkorb", "Altglas", "Container"),
        working_days=10,
        duplicate_radius_m=100,
        hint="Fässer, Kanister oder Gestank nach Chemie? Nicht anfassen, bitte die 112 rufen.",
    ),
    SampleCategory(
        code="graffiti",
        name="Graffiti und Vandalismus",
        description="Beschmierte Wand, zerstörte Scheibe, mutwillig Beschädigtes.",
        group=ORDER,
        keywords=(
            "Graffiti",
            "Schmiererei",
            "Aufkleber",
            "Scheibe",
            "Vandalismus",
            "zerstört",
            "Haltestelle",
        ),
        working_days=15,
        duplicate_radius_m=60,
    ),
    SampleCategory(
        code="other",
        name="Sonstiges",
        description="Alles, was in keine andere Kategorie passt.",
        group=MISC,
        keywords=("Sonstiges", "Anderes", "Hinweis"),
        working_days=15,
        duplicate_radius_m=0,
    ),
)
