# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A registered system and the events it reports."""

from __future__ import annotations

from typing import Any

from billing.ingest.models import Producer
from billing.ingest.producers import register_producer
from tests.factories.metering import NOON
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ids import uuid7


def make_producer(**values: Any) -> Producer:
    """`gis`, which may report `gis.tiles` of Heideblick."""
    given = {"slug": "gis", "title": "Kartendienst", "meters": ["gis.tiles"], "tenants": ["heideblick"]}
    return register_producer(**{**given, **values}, by=SYSTEM, at=NOON)


def make_event(**values: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(uuid7()),
        "source": "gis",
        "type": "gis.tiles",
        "subject": "heideblick",
        "time": "2026-11-12T11:20:00Z",
        "data": {"quantity": 3},
        **values,
    }
