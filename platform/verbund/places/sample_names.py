# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names for the demo's streets and Ortsteile, as Brandenburg has them in hundreds of places."""

from __future__ import annotations

VILLAGE_MAIN = ("Dorfstraße", "Hauptstraße", "Lange Straße", "Alte Dorfstraße")
MARKETS = ("Am Markt", "Marktplatz", "Kirchplatz", "Am Rathaus")
RINGS = ("Ringstraße", "Mauerstraße", "Am Wall", "Grabenstraße", "Promenade", "Nordpromenade", "Südpromenade")
GREENS = ("Am Anger", "Am Dorfteich", "Kirchring", "Am Dorfplatz")

STREETS = (
    "Schulstraße", "Gartenstraße", "Lindenstraße", "Kirchstraße", "Feldstraße", "Waldstraße", "Bergstraße",
    "Mühlenweg", "Friedhofsweg", "Am Sportplatz", "Wiesenweg", "Birkenweg", "Ahornweg", "Kastanienallee",
    "Kiefernweg", "Fliederweg", "Rosenweg", "Amselweg", "Lerchenweg", "Heideweg", "Am Mühlenfließ", "Siedlerweg",
    "Karl-Marx-Straße", "Rosa-Luxemburg-Straße", "August-Bebel-Straße", "Goethestraße", "Schillerstraße",
    "Straße der Jugend", "Straße des Friedens", "Am Wasserturm", "Zur Schäferei", "Am Gutshof", "Parkstraße",
    "Schloßstraße", "Neue Straße", "Ziegeleiweg", "Forstweg", "Am Weinberg", "Seestraße", "Uferweg", "Hintergasse",
    "Poststraße", "Töpfergasse", "Grüner Weg", "Sandweg", "Windmühlenweg", "Schmiedegasse", "Küstergasse",
    "Storchenweg", "Kranichweg", "Am Bahndamm", "Gewerbestraße", "Am Spritzenhaus", "Eichenallee", "Akazienweg",
    "Tannenweg", "Erlengrund", "Zum Fließ", "Am Kornspeicher", "Käthe-Kollwitz-Straße", "Thomas-Müntzer-Straße",
    "Puschkinstraße", "Turnstraße", "Fontanestraße", "Heinrich-Heine-Straße", "Molkereiweg", "Übergang",
    "Äußere Siedlung", "Ölmühlenweg", "Breite Straße", "Kurze Straße", "Steinweg",
)  # fmt: skip

PARTS = (
    "Neuhof", "Vorwerk", "Heidemühle", "Birkenhain", "Grünhof", "Waldsiedlung", "Rotheide", "Kienhorst",
    "Obermühle", "Sandkrug", "Buschdorf", "Ausbau", "Untermühle", "Eichberg", "Ziegelei", "Kolonie",
    "Försterei", "Weinberge", "Fließtal", "Schäferei",
)  # fmt: skip
