# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a version of a key gave in the last month that was calculated with it, member by member, with the derivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from billing.allocation.keys import Usage
from billing.allocation.material import Material
from billing.allocation.reading import parsed, read
from billing.allocation.run import ENGINE, Run, calculate
from billing.allocation.sharing import Share
from billing.closing.models import Run as RunRow
from billing.closing.models import StatementLine
from billing.closing.states import LineKind
from billing.costs.models import CostCentre, KeyVersion
from billing.costs.versions import key_of
from billing.gathering import member_key
from tenants.models import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The run it was, and the shares of each cost centre; ``run`` is None if it followed rules that are not here any more."""

    row: RunRow
    run: Run | None
    centres: Sequence[tuple[str, Sequence[Share]]]

    @property
    def names(self) -> dict[str, str]:
        """What the members were called, by member key."""
        return {item.member: item.name for item in self.run.material.memberships} if self.run else {}


def last_given(version: KeyVersion) -> Given | None:
    """The newest month calculated with the version; None as long as there is none."""
    line = (
        StatementLine.objects.filter(
            key_version=version,
            kind=LineKind.SHARE,
            origin=None,
            statement__run_id=F("statement__run__period__run_id"),
        )
        .select_related("statement__run__period")
        .order_by("-statement__run__period__month")
        .first()
    )
    if line is None:
        return None
    row = line.statement.run
    lines = StatementLine.objects.filter(statement__run=row, key_version=version, origin=None)
    centres = dict(CostCentre.objects.filter(pk__in=lines.values("cost_centre")).values_list("code", "title"))
    run = _again(row, version, centres)
    shares = run.shares if run else ()
    return Given(
        row=row,
        run=run,
        centres=[
            (title, [item for item in shares if item.cost_centre == code])
            for code, title in sorted(centres.items())
        ],
    )


def member_names() -> dict[str, str]:
    """What the members are called, by the key the engine knows them by."""
    return {member_key(tenant): tenant.name for tenant in Tenant.objects.filter(origin="")}


def _again(row: RunRow, version: KeyVersion, centres: Mapping[str, str]) -> Run | None:
    """The run once more from its record, without what these cost centres do not need: it alone decides the shares."""
    record = parsed(bytes(row.record))
    if record.get("engine") != ENGINE:
        return None
    meters = {part.basis.meter for part in key_of(version).parts if isinstance(part.basis, Usage)}
    given: dict[str, Any] = {
        **record["input"],
        "cost_centres": [item for item in record["input"]["cost_centres"] if item["code"] in centres],
        "postings": [item for item in record["input"]["postings"] if item["cost_centre"] in centres],
        "readings": [item for item in record["input"]["readings"] if item["meter"] in meters],
        "prices": [],
    }
    return calculate(read(Material, given, "input"))
