# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines of statements out of a run, before anything is written: pure values, the same whenever they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from billing.allocation import canonical
from billing.allocation.charging import ChargeLine
from billing.allocation.run import Run
from billing.allocation.sharing import Share
from billing.closing.states import LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A line with codes instead of rows. ``numerator`` of ``denominator`` is part of the cost, or months of a base fee."""

    member: str
    kind: str
    service: str
    regime: str
    text: str
    net_cents: int
    cost_centre: str = ""
    key: str = ""
    key_version: int = 0
    price_version: int = 0
    meter: str = ""
    quantity: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the codes of a run are called on a statement, and under which service and regime they are billed."""

    services: Mapping[str, str]
    regimes: Mapping[str, str]
    service_of_centre: Mapping[str, str]
    centres: Mapping[str, str]
    meters: Mapping[str, str]


def drafted(run: Run, naming: Naming) -> list[DraftLine]:
    """A line for every share and every price; nothing is said of a meter that counted and costs nothing."""
    names = {item.key: item.name for item in run.keys}
    return [
        *(_share(share, names[share.key], naming) for share in run.shares),
        *(_charge(line, naming) for line in run.charges if line.cents or line.quantity or not line.meter),
    ]


def _share(share: Share, key: str, naming: Naming) -> DraftLine:
    service = naming.service_of_centre[share.cost_centre]
    return DraftLine(
        member=share.member,
        kind=LineKind.SHARE,
        service=service,
        regime=naming.regimes[service],
        text=f"{naming.centres[share.cost_centre]}: Anteil nach Schlüssel „{key}“, Fassung {share.key_version}",
        net_cents=share.cents,
        cost_centre=share.cost_centre,
        key=share.key,
        key_version=share.key_version,
        numerator=share.ratio.numerator,
        denominator=share.ratio.denominator,
    )


def _charge(line: ChargeLine, naming: Naming) -> DraftLine:
    fee = not line.meter
    what = "Grundpreis" if fee else naming.meters.get(line.meter, line.meter)
    return DraftLine(
        member=line.member,
        kind=LineKind.BASE_FEE if fee else LineKind.USAGE,
        service=line.service,
        regime=naming.regimes[line.service],
        text=f"{naming.services[line.service]}: {what}, Preise Fassung {line.price_version}",
        net_cents=line.cents,
        price_version=line.price_version,
        meter=line.meter,
        quantity=None if fee else line.quantity,
        numerator=line.months.numerator if fee else None,
        denominator=line.months.denominator if fee else None,
    )


def statements_record(
    *, period: str, allocation_sha256: str, members: Mapping[str, int], lines: Iterable[DraftLine]
) -> bytes:
    """All lines as canonical JSON, in the order of members and lines; ``members`` gives the number of each."""
    ordered = by_member(lines)
    content: canonical.Json = {
        "period": period,
        "allocation_sha256": allocation_sha256,
        "members": dict(members),
        "statements": {
            member: {
                "cents": sum(line.net_cents for line in found),
                "lines": [canonical.plain(line) for line in found],
            }
            for member, found in ordered.items()
        },
    }
    return canonical.text(content).encode() + b"\n"


def by_member(lines: Iterable[DraftLine]) -> dict[str, list[DraftLine]]:
    """The lines of each member in the order in which they are printed."""
    found: dict[str, list[DraftLine]] = {}
    for line in sorted(lines, key=_order):
        found.setdefault(line.member, []).append(line)
    return found


_KINDS = [kind.value for kind in LineKind]


def _order(line: DraftLine) -> tuple[str, str, int, str, str, str, str, int]:
    return (
        line.member,
        line.service,
        _KINDS.index(line.kind),
        line.cost_centre,
        line.meter,
        line.origin,
        line.reason,
        line.net_cents,
    )
