# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From many times to a few figures that a noisy machine cannot bend much."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Samples:
    """Times of one thing, round by round."""

    rounds: list[list[float]] = field(default_factory=list)

    def add_round(self, times: list[float]) -> None:
        self.rounds.append(times)

    @property
    def all(self) -> list[float]:
        return [time for times in self.rounds for time in times]

    @property
    def p10(self) -> float:
        """The tenth percentile: what it costs when nothing else disturbs."""
        return quantiles(self.all, n=10)[0]

    @property
    def median(self) -> float:
        return median(self.all)

    def paired_with(self, base: Samples) -> float:
        """The ratio as one round sees it, in the middle of all rounds: neighbours in time share the noise."""
        return median(
            median(mine) / median(others) for mine, others in zip(self.rounds, base.rounds, strict=True)
        )
