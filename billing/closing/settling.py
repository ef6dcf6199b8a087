# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advances and the true-up: what falls due in a month for services whose shares are paid on account.

A member with advances for a service pays these instead of its monthly shares. Each share is put off by a line of the
opposite amount; in the last month of the year, or of the membership, the difference between all shares and all
advances of the year falls due. Over the year the lines of a service add up to its shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from billing.closing.drafting import DraftLine
from billing.closing.states import LineKind

_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member's advances for one service in a year, by day, and what earlier months' lines of both kinds add up to."""

    member: str
    service: str
    due: Mapping[date, int] = field(default_factory=dict)
    carried_cents: int = 0


def settled(
    lines: Iterable[DraftLine],
    accounts: Iterable[Account],
    *,
    first: date,
    leaving: frozenset[str],
    regimes: Mapping[str, str],
    names: Mapping[str, str],
) -> list[DraftLine]:
    """The lines of advances due in the month beginning on ``first``, and what puts off or settles the shares.

    ``leaving`` are the members whose membership ends in the month: they are settled at once.
    """
    shares: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.kind == LineKind.SHARE:
            shares[line.member, line.service] = shares.get((line.member, line.service), 0) + line.net_cents
    found: list[DraftLine] = []
    for account in accounts:
        due = sum(
            cents for day, cents in account.due.items() if (day.year, day.month) == (first.year, first.month)
        )
        share = shares.get((account.member, account.service), 0)
        is_last = first.month == _DECEMBER or account.member in leaving
        # Earlier months' lines add up to advances less shares, so this is all shares less all advances, this share apart.
        balance = -account.carried_cents - due if is_last else -share
        title = names[account.service]
        if due:
            found.append(
                _line(account, LineKind.ADVANCE, f"{title}: Vorauszahlung {first:%m/%Y}", due, regimes)
            )
        if balance:
            said = (
                f"{title}: Spitzabrechnung {first:%Y}"
                if is_last
                else f"{title}: durch Vorauszahlungen gedeckt, wird mit der Spitzabrechnung {first:%Y} verrechnet"
            )
            found.append(_line(account, LineKind.TRUE_UP, said, balance, regimes))
    return found


def _line(account: Account, kind: LineKind, text: str, cents: int, regimes: Mapping[str, str]) -> DraftLine:
    return DraftLine(
        member=account.member,
        kind=kind,
        service=account.service,
        regime=regimes[account.service],
        text=text,
        net_cents=cents,
    )
