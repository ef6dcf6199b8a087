# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents of a month that are not there yet, member by member, and how far whoever works them off is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from billing.closing.models import BillingPeriod, Statement, StatementLine
from billing.issuing.composing import Explained, compose, parts
from billing.issuing.draft import Draft, Regime
from billing.issuing.models import Document
from billing.issuing.parties import Parties
from verbund.kernel.errors import DomainError
from verbund.kernel.language import official_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that was not issued, whose and why; the others go on."""

    tenant: int
    slug: str
    name: str
    regime: str
    sentence: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """``done`` of ``most`` members are through, ``member`` is at work; ``documents`` are there, with those of earlier attempts."""

    done: int
    most: int
    member: str
    documents: int
    failures: tuple[Failure, ...]


Progress = Callable[[Reached], None]


class Work:
    """What is to be issued; whoever works it off notes what became of each document."""

    def __init__(self, row: BillingPeriod, today: date, progress: Progress | None = None) -> None:
        self.already = 0
        self._made = 0
        self._failed: list[Failure] = []
        self._row = row
        self._today = today
        self._progress = progress
        self._parties = Parties()

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(self._failed)

    def note_made(self) -> None:
        self._made += 1

    def note_there(self) -> None:
        """Somebody else has issued it in the meantime."""
        self.already += 1

    def note_failed(self, statement: Statement, regime: Regime, error: DomainError) -> None:
        self._failed.append(
            Failure(
                tenant=statement.tenant_id,
                slug=statement.tenant.slug,
                name=statement.tenant.name,
                regime=regime.value,
                sentence=error.message,
                fields=error.fields or {"document": error.message},
            )
        )

    def waiting(self) -> Iterator[tuple[Statement, Regime, Callable[[], Draft]]]:
        """What is to be issued; the draft is composed where its failure is caught."""
        run = self._row.run
        if run is None:
            return
        explained = Explained(run)
        statements = list(
            Statement.objects.filter(run=run)
            .select_related("tenant", "run__period")
            .order_by("tenant__ars", "tenant__number")
        )
        for done, statement in enumerate(statements):
            self._tell(done, len(statements), statement.tenant.name)
            there = set(
                Document.objects.filter(statement=statement, cancels=None).values_list("regime", flat=True)
            )
            for regime, lines in parts(statement).items():
                if regime.value in there:
                    self.already += 1
                else:
                    yield statement, regime, partial(self._compose, statement, regime, lines, explained)
        self._tell(len(statements), len(statements), "")

    def _tell(self, done: int, most: int, member: str) -> None:
        if self._progress is not None:
            self._progress(
                Reached(
                    done=done,
                    most=most,
                    member=member,
                    documents=self.already + self._made,
                    failures=self.failures,
                )
            )

    def _compose(
        self, statement: Statement, regime: Regime, lines: list[StatementLine], explained: Explained
    ) -> Draft:
        with official_language():
            return compose(
                statement, regime, lines, parties=self._parties, explained=explained, today=self._today
            )
