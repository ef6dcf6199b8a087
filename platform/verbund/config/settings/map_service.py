# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the setting for a map service of the state has to be, before the first tile is asked for."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

_SAMPLE = {"z": 12, "x": 1, "y": 1}


def demand_map_service(url: str, *, hosts: Collection[str], attribution: str) -> None:
    """Refuse a map service that is not whole.

    Raises:
        ValueError: the address is none, its host is not among those allowed, or nobody is named.
    """
    if any(f"{{{name}}}" not in url for name in _SAMPLE):
        raise ValueError("VERBUND_TILES_URL braucht {z}, {x} und {y}")
    try:
        parts = urlsplit(url.format(**_SAMPLE))
        _port = parts.port
    except (ValueError, KeyError, IndexError) as error:
        raise ValueError(
            "VERBUND_TILES_URL ist keine Adresse; in geschweiften Klammern nur z, x, y"
        ) from error
    if parts.scheme not in {"http", "https"} or parts.username is not None:
        raise ValueError("VERBUND_TILES_URL beginnt mit https:// oder http:// und enthält keine Anmeldung")
    if parts.hostname not in hosts or "{" in urlsplit(url).netloc:
        raise ValueError(f"VERBUND_TILES_HOSTS nennt {parts.hostname} nicht")
    if not attribution.strip():
        raise ValueError("VERBUND_TILES_ATTRIBUTION fehlt: Der Quellenvermerk ist Pflicht")
