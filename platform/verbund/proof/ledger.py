# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was tried, how often, and what went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

_MOST_FAILURES = 500
WHOLE = "trials.whole"


class Check(StrEnum):
    """The five checks of the Orientierungshilfe Mandantenfähigkeit."""

    LEGAL_BASIS = "legal_basis"
    TRANSFERS = "transfers"
    CLOSED_TRANSACTIONS = "closed_transactions"
    CONFIGURATION = "configuration"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that must not be: which trial, at what, and what was seen instead."""

    trial: str
    subject: str
    seen: str


@dataclass
class Ledger:
    """Counts by trial, failures, gaps (what could not be tried, with its reason), seconds by trial."""

    tried: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    gaps: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def held(self, trial: str, times: int = 1) -> None:
        """Something forbidden was tried and refused."""
        self.tried[trial] += times

    def succeeded(self, trial: str, times: int = 1) -> None:
        """Something allowed was shown to work: without it a refusal would prove nothing."""
        self.shown[trial] += times

    def failed(self, trial: str, subject: str, seen: str) -> None:
        self.tried[trial] += 1
        if len(self.failures) < _MOST_FAILURES:
            self.failures.append(Failure(trial, subject, seen))

    def expect(self, trial: str, subject: str, seen: str, *, ok: bool) -> None:
        """Count a trial, and note what was seen if it did not hold."""
        if ok:
            self.held(trial)
        else:
            self.failed(trial, subject, seen)

    @property
    def is_green(self) -> bool:
        return not self.failures
