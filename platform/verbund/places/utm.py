# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""ETRS89/UTM, as surveyors give positions, to degrees: Krüger's series, good to a millimetre inside a zone."""

from __future__ import annotations

import math

_A, _F = 6_378_137.0, 1 / 298.257222101  # GRS 80
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SCALE, _FALSE_EAST = 0.9996, 500_000.0
_BETA = (_N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96, _N**2 / 48 + _N**3 / 15, 17 * _N**3 / 480)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)
_ZONE_UNIT = 1_000_000


def to_degrees(east: float, north: float, *, zone: int) -> tuple[float, float]:
    """(lat, lon) of a point of the northern hemisphere."""
    xi = north / (_SCALE * _RADIUS)
    eta = (east - _FALSE_EAST) / (_SCALE * _RADIUS)
    xi_sphere, eta_sphere = xi, eta
    for j, beta in enumerate(_BETA, start=1):
        xi_sphere -= beta * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        eta_sphere -= beta * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    chi = math.asin(math.sin(xi_sphere) / math.cosh(eta_sphere))
    lat = chi + sum(delta * math.sin(2 * j * chi) for j, delta in enumerate(_DELTA, start=1))
    lon = math.atan2(math.sinh(eta_sphere), math.cos(xi_sphere))
    return math.degrees(lat), math.degrees(lon) + 6 * zone - 183


def split_zone(east: float, *, usual: int) -> tuple[int, float]:
    """Zone and east of a value that begins with its zone (`33397500.123`); without one it is the usual zone's."""
    zone = int(east // _ZONE_UNIT)
    return (zone, east % _ZONE_UNIT) if zone else (usual, east)
