# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes drafts of a statement: one for each regime, as a regime's documents may say nothing of another (EN 16931, BR-O-11, BR-O-12).

A regime whose lines come to less than nothing gives a credit; one whose lines are all zero gives nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from billing.allocation.material import Material
from billing.allocation.reading import parsed, read
from billing.allocation.run import ENGINE, Run, calculate
from billing.closing.models import Run as RunRow
from billing.closing.models import Statement, StatementLine
from billing.derivation import derivation
from billing.gathering import member_key
from billing.issuing import draft as drafts
from billing.issuing.draft import Draft, Kind, Line, Regime
from billing.issuing.parties import Parties
from verbund.metering.periods import Period


@dataclass(frozen=True)
class Explained:
    """The sentences behind the shares of a stored run, worked out once for all members."""

    row: RunRow

    @cached_property
    def _run(self) -> Run | None:
        """None if it was calculated by other rules of the program: the lines still say numerator, denominator and versions."""
        content = parsed(bytes(self.row.record))
        if content["engine"] != ENGINE:
            return None
        return calculate(read(Material, content["input"], "input"))

    @cached_property
    def _shares(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        run = self._run
        if run is None:
            return {}
        return {(share.member, share.cost_centre): derivation(run, share) for share in run.shares}

    def of(self, line: StatementLine, member: str) -> tuple[str, ...]:
        """Why the line is as much as it is; empty where its text says it all."""
        if line.cost_centre is not None and line.origin_id is None:
            return self._shares.get((member, line.cost_centre.code), ())
        return ()


def parts(statement: Statement) -> dict[Regime, list[StatementLine]]:
    """The lines of each regime that gets a document."""
    lines = statement.lines.select_related("service", "cost_centre", "key_version", "price_version", "origin")
    found: dict[Regime, list[StatementLine]] = {}
    for line in lines:
        if line.net_cents:
            found.setdefault(Regime(line.regime), []).append(line)
    return dict(sorted(found.items(), key=lambda part: list(Regime).index(part[0])))


def compose(
    statement: Statement,
    regime: Regime,
    lines: list[StatementLine],
    *,
    parties: Parties,
    explained: Explained,
    today: date,
) -> Draft:
    """The draft of one regime of a member's statement, without a number.

    Raises:
        Invalid: the member has no address, or no Leitweg-ID where one is needed; the field and the way out are named.
    """
    total = sum(line.net_cents for line in lines)
    kind = Kind.NOTICE if regime is Regime.LEVY else Kind.INVOICE if total >= 0 else Kind.CREDIT
    member = member_key(statement.tenant)
    month = statement.run.period.month
    return Draft(
        kind=kind,
        regime=regime,
        seller=parties.seller,
        buyer=parties.buyer(statement.tenant, needs_leitweg_id=drafts.is_invoice(kind)),
        period_from=month,
        period_to=Period(month.year, month.month).after - timedelta(days=1),
        issued_on=today,
        due_on=today + timedelta(days=parties.days_to_pay),
        lines=tuple(_line(line, explained.of(line, member)) for line in lines),
    )


def _line(line: StatementLine, sentences: tuple[str, ...]) -> Line:
    return Line(
        text=line.text,
        net_cents=line.net_cents,
        service=line.service.code,
        cost_centre=line.cost_centre.code if line.cost_centre else "",
        basis=_basis(line),
        derivation=sentences,
    )


def _basis(line: StatementLine) -> str:
    """In one sentence, for the line itself."""
    parts: list[str] = []
    if line.origin is not None:
        parts.append(f"Berichtigung für {line.origin.month:%m/%Y}: {line.reason}")
    if line.quantity is not None:
        parts.append(f"{line.quantity:,} {line.unit}".replace(",", ".").strip())
    if line.numerator is not None and line.denominator is not None and line.cost_centre is not None:
        parts.append(f"Anteil {line.numerator:,} / {line.denominator:,}".replace(",", "."))
    if line.key_version is not None:
        parts.append(
            f"Schlüssel Fassung {line.key_version.version} ab {line.key_version.valid_from:%d.%m.%Y}"
        )
    if line.price_version is not None:
        parts.append(
            f"Preise Fassung {line.price_version.version} ab {line.price_version.valid_from:%d.%m.%Y}"
        )
    return "; ".join(parts)
