# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advances, the true-up at the end of a year, and corrections of what was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from billing.allocation import canonical
from billing.allocation.refusal import Refused
from billing.allocation.remainder import split
from billing.allocation.run import Run
from verbund.kernel.msgids import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What a member pays, or was asked to pay, on account."""

    member: str
    due_on: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The true-up: what a member's share really was, less its advances. Positive is still to be paid."""

    member: str
    actual_cents: int
    advanced_cents: int

    @property
    def cents(self) -> int:
        return self.actual_cents - self.advanced_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A signed line in the open period for an old one, at the versions of keys and prices that held then.

    ``item`` is the cost centre of a share or the service of a charge.
    """

    member: str
    kind: str
    item: str
    meter: str
    version: int
    old_cents: int
    new_cents: int
    reason: str
    old_input_sha256: str
    new_input_sha256: str

    @property
    def cents(self) -> int:
        return self.new_cents - self.old_cents


def advances(planned: Mapping[str, int], due: Sequence[date]) -> tuple[Advance, ...]:
    """Each member's planned share of the year in equal instalments; odd cents fall due first."""
    if not due or len(set(due)) < len(due):
        raise Refused(
            "due_on",
            gettext_noop(
                "Nennen Sie für die Vorauszahlungen mindestens einen Fälligkeitstag und keinen zweimal."
            ),
        )
    return tuple(
        Advance(member=member, due_on=date.fromisoformat(day), cents=cents)
        for member in sorted(planned)
        for day, cents in split(planned[member], {day.isoformat(): 1 for day in due}).items()
    )


def settle(run: Run, advanced: Iterable[Advance]) -> tuple[Balance, ...]:
    """The true-up of everybody who had a share or paid on account, by member; all sums agree with the run's."""
    actual, paid = by_member(run), defaultdict[str, int](int)
    for advance in advanced:
        paid[advance.member] += advance.cents
    return tuple(
        Balance(member=member, actual_cents=actual.get(member, 0), advanced_cents=paid.get(member, 0))
        for member in sorted(actual.keys() | paid.keys())
    )


def by_member(run: Run) -> dict[str, int]:
    """What each member's shares of costs come to; prices are no part of a levy."""
    found: dict[str, int] = defaultdict(int)
    for share in run.shares:
        found[share.member] += share.cents
    return dict(found)


def corrections(old: Run, new: Run, *, reason: str) -> tuple[Correction, ...]:
    """What changes if an old period is calculated again with better figures: one signed line for each difference.

    Raises:
        Refused: it is not the same period, or not with the versions of keys, prices and rules that held then.
    """
    if not reason.strip():
        raise Refused(
            "reason", gettext_noop("Nennen Sie den Grund der Berichtigung. Er steht später beim Mitglied.")
        )
    if _rules(old) != _rules(new):
        raise Refused(
            "keys",
            gettext_noop(
                "Eine Berichtigung rechnet denselben Zeitraum mit seinen alten Schlüsseln und Preisen. Nehmen Sie die Fassungen von damals."
            ),
        )
    before, after = _amounts(old), _amounts(new)
    hashes = old.input_sha256, new.input_sha256
    return tuple(
        Correction(
            member=member,
            kind=kind,
            item=item,
            meter=meter,
            version=version,
            old_cents=before.get(line, 0),
            new_cents=after.get(line, 0),
            reason=reason,
            old_input_sha256=hashes[0],
            new_input_sha256=hashes[1],
        )
        for line in sorted(before.keys() | after.keys())
        for member, kind, item, meter, version in [line]
        if before.get(line, 0) != after.get(line, 0)
    )


def _rules(run: Run) -> tuple[str, str]:
    held = (run.material.period, run.keys, run.prices)
    return run.engine, canonical.text(canonical.plain(held, unordered=True))


def _amounts(run: Run) -> dict[tuple[str, str, str, str, int], int]:
    shares = {
        (item.member, "share", item.cost_centre, "", item.key_version): item.cents for item in run.shares
    }
    charges = {
        (line.member, "charge", line.service, line.meter, line.price_version): line.cents
        for line in run.charges
    }
    return shares | charges
