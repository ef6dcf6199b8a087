# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the figures of a meter come from, and how soon they are there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbund.kernel import registry
from verbund.kernel.specs import Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterSource:
    """A meter with its unit, where it is counted, and after how many seconds a use is in the figures at the latest."""

    slug: str
    label: str
    unit: str
    source: str
    fresh_seconds: int


def sources() -> list[MeterSource]:
    """Every declared meter, by its slug."""
    return [
        MeterSource(
            slug=slug, label=str(meter.label), unit=str(meter.unit), source=text, fresh_seconds=seconds
        )
        for slug, meter in sorted(registry.meters().items())
        for text, seconds in [_source(meter)]
    ]


def source_of(meter: str) -> str:
    """Where a meter is counted; one that no package declares is reported by another system."""
    declared = registry.meters().get(meter)
    return _source(declared)[0] if declared is not None else _("anderes System des Verbands")


def _source(meter: Meter) -> tuple[str, int]:
    if meter.sample:
        return _("Stand, einmal in der Stunde gemessen"), 3600
    if meter.exact:
        return _("Vorgang, in seiner Transaktion gezählt"), 30
    return _("Aufrufe und Aufgaben, je Prozess summiert"), 3
