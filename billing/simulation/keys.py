# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys with their versions and the cost centres they share; read only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.costs.models import CostCentre, KeyVersion
from verbund.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """A key; ``versions`` newest first, ``now`` the one that holds on the day that was asked for."""

    key: str
    name: str
    now: KeyVersion | None
    versions: Sequence[KeyVersion]
    centres: Sequence[CostCentre]

    def state_of(self, version: KeyVersion, day: date) -> str:
        """`now`, `later` or `over`."""
        if self.now is not None and version.pk == self.now.pk:
            return "now"
        return "later" if version.valid_from > day else "over"


def all_keys(day: date) -> list[KeyEntry]:
    """Every key that has a version or a cost centre, by its code; the association must be entered."""
    versions: dict[str, list[KeyVersion]] = {}
    for row in KeyVersion.objects.order_by("-valid_from", "-version"):
        versions.setdefault(row.key, []).append(row)
    centres: dict[str, list[CostCentre]] = {}
    for centre in CostCentre.objects.select_related("service"):
        centres.setdefault(centre.key, []).append(centre)
    return [
        _entry(key, versions.get(key, []), centres.get(key, []), day) for key in sorted({*versions, *centres})
    ]


def key_entry(key: str, day: date) -> KeyEntry:
    """One key.

    Raises:
        NotFound: there is none of that code.
    """
    versions = list(KeyVersion.objects.filter(key=key).order_by("-valid_from", "-version"))
    centres = list(CostCentre.objects.filter(key=key).select_related("service"))
    if not versions and not centres:
        raise NotFound
    return _entry(key, versions, centres, day)


def _entry(key: str, versions: list[KeyVersion], centres: list[CostCentre], day: date) -> KeyEntry:
    now = next((row for row in versions if row.valid_from <= day), None)
    named = now or (versions[-1] if versions else None)
    return KeyEntry(key=key, name=named.name if named else key, now=now, versions=versions, centres=centres)
