# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Towns that help people find their way: labels on the map far out, and the directions streets are named after."""

from __future__ import annotations

from typing import NamedTuple


class Landmark(NamedTuple):
    """A town's middle in EPSG:4326; rank 1 is a large city. ``adjective`` is the form in street names."""

    name: str
    adjective: str
    lat: float
    lon: float
    rank: int


LANDMARKS = (
    Landmark("Berlin", "Berliner", 52.520, 13.405, 1),
    Landmark("Dresden", "Dresdner", 51.050, 13.737, 1),
    Landmark("Leipzig", "Leipziger", 51.340, 12.373, 1),
    Landmark("Magdeburg", "Magdeburger", 52.121, 11.628, 1),
    Landmark("Potsdam", "Potsdamer", 52.399, 13.066, 2),
    Landmark("Cottbus", "Cottbuser", 51.761, 14.334, 2),
    Landmark("Frankfurt (Oder)", "Frankfurter", 52.342, 14.551, 2),
    Landmark("Brandenburg an der Havel", "Brandenburger", 52.412, 12.556, 2),
    Landmark("Dessau", "Dessauer", 51.831, 12.242, 3),
    Landmark("Wittenberg", "Wittenberger", 51.867, 12.648, 3),
    Landmark("Torgau", "Torgauer", 51.560, 13.005, 3),
    Landmark("Hoyerswerda", "Hoyerswerdaer", 51.438, 14.236, 3),
    Landmark("Senftenberg", "Senftenberger", 51.525, 14.001, 3),
    Landmark("Lauchhammer", "Lauchhammer", 51.488, 13.767, 4),
    Landmark("Elsterwerda", "Elsterwerdaer", 51.460, 13.520, 4),
    Landmark("Bad Liebenwerda", "Liebenwerdaer", 51.517, 13.394, 4),
    Landmark("Königs Wusterhausen", "Königs Wusterhausener", 52.301, 13.633, 3),
    Landmark("Luckenwalde", "Luckenwalder", 52.090, 13.167, 3),
    Landmark("Ludwigsfelde", "Ludwigsfelder", 52.300, 13.260, 4),
    Landmark("Zossen", "Zossener", 52.216, 13.449, 4),
    Landmark("Trebbin", "Trebbiner", 52.221, 13.223, 4),
    Landmark("Baruth/Mark", "Baruther", 52.049, 13.498, 4),
    Landmark("Golßen", "Golßener", 51.972, 13.600, 4),
    Landmark("Teltow", "Teltower", 52.402, 13.270, 4),
    Landmark("Werder (Havel)", "Werderaner", 52.378, 12.935, 4),
    Landmark("Beeskow", "Beeskower", 52.173, 14.246, 4),
    Landmark("Storkow (Mark)", "Storkower", 52.257, 13.933, 4),
    Landmark("Fürstenwalde/Spree", "Fürstenwalder", 52.360, 14.060, 3),
    Landmark("Eisenhüttenstadt", "Eisenhüttenstädter", 52.145, 14.640, 3),
    Landmark("Lieberose", "Lieberoser", 51.986, 14.298, 4),
    Landmark("Peitz", "Peitzer", 51.858, 14.411, 4),
    Landmark("Erkner", "Erkner", 52.424, 13.750, 4),
    Landmark("Strausberg", "Strausberger", 52.578, 13.887, 4),
    Landmark("Nauen", "Nauener", 52.606, 12.877, 4),
)

# Members of the association; their labels come from the boundaries.
MEMBER_TOWNS = (
    Landmark("Luckau", "Luckauer", 51.852, 13.707, 4),
    Landmark("Lübben (Spreewald)", "Lübbener", 51.938, 13.889, 4),
    Landmark("Lübbenau/Spreewald", "Lübbenauer", 51.863, 13.966, 4),
    Landmark("Calau", "Calauer", 51.744, 13.951, 4),
    Landmark("Vetschau/Spreewald", "Vetschauer", 51.783, 14.077, 4),
    Landmark("Großräschen", "Großräschener", 51.588, 14.010, 4),
    Landmark("Finsterwalde", "Finsterwalder", 51.629, 13.709, 4),
    Landmark("Doberlug-Kirchhain", "Kirchhainer", 51.645, 13.562, 4),
    Landmark("Herzberg (Elster)", "Herzberger", 51.690, 13.237, 4),
    Landmark("Jüterbog", "Jüterboger", 51.993, 13.075, 4),
    Landmark("Dahme/Mark", "Dahmer", 51.869, 13.430, 4),
    Landmark("Treuenbrietzen", "Treuenbrietzener", 52.097, 12.871, 4),
    Landmark("Beelitz", "Beelitzer", 52.236, 12.972, 4),
    Landmark("Bad Belzig", "Belziger", 52.142, 12.595, 4),
    Landmark("Michendorf", "Michendorfer", 52.313, 13.029, 4),
    Landmark("Mittenwalde", "Mittenwalder", 52.260, 13.541, 4),
    Landmark("Spremberg", "Spremberger", 51.571, 14.379, 4),
    Landmark("Forst (Lausitz)", "Forster", 51.736, 14.646, 4),
    Landmark("Guben", "Gubener", 51.952, 14.714, 4),
)
