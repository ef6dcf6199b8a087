# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Citizens and a clerk at work while something is killed, and whether all that was acknowledged is there afterwards."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

import requests

from tests.system.browser import Browser
from tests.system.demo import Demo, wait_until
from tests.system.journeys import answer_report, place_of, write_report

TOWN = "heideblick"
_addresses = (f"127.{a}.{b}.{c}" for a in range(1, 255) for b in range(256) for c in range(1, 255))
# Business rows beside what the record and the usage say of them.
_BOOKS = """
    SELECT (SELECT count(*) FROM {schema}.defects_report),
           (SELECT count(*) FROM {schema}.audit_entry WHERE action = 'defects.report.received'),
           (SELECT coalesce(sum(quantity), 0) FROM {schema}.metering_fact WHERE meter = 'defects.reports'),
           (SELECT count(*) FROM {schema}.cases_timelineentry WHERE kind = 'ANSWER'),
           (SELECT count(*) FROM {schema}.audit_entry WHERE action = 'defects.report.answered'),
           (SELECT coalesce(sum(quantity), 0) FROM {schema}.metering_fact WHERE meter = 'defects.answers')
"""
# Facts that wait; facts and batches; what the facts and what the counters add up to.
_LEDGER = """
    SELECT (SELECT count(*) FROM {schema}.metering_fact WHERE pushed_at IS NULL),
           (SELECT count(*) FROM {schema}.metering_fact),
           (SELECT count(*) FROM association.metering_usagebatch WHERE producer = '{schema}'),
           (SELECT sum(quantity) FROM {schema}.metering_fact WHERE NOT occurred_at <@ {examples}),
           (SELECT sum(quantity) FROM association.metering_usagecounter
            WHERE tenant = {number} AND meter IN (SELECT meter FROM {schema}.metering_fact)
            AND NOT hour <@ {examples})
"""


# The last full month of the demo was counted by an example too, which no fact stands behind.
_EXAMPLES = """tstzrange(
    (date_trunc('month', now() AT TIME ZONE 'Europe/Berlin') - interval '1 month') AT TIME ZONE 'Europe/Berlin',
    date_trunc('month', now() AT TIME ZONE 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin')"""


@dataclass
class Traffic:
    """Writes reports and answers one after the other until the block ends; failures are part of it."""

    demo: Demo
    reports: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.schema = self.demo.key_of(TOWN)
        self._before = self._books()
        self._place, self._clerk = place_of(self.demo, TOWN), self.demo.account(TOWN, "Bürgerbüro")
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="traffic")
        self._thread.start()
        self.wait_for_next()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def wait_for_next(self) -> None:
        """Until one more report and answer, both begun from now on, are acknowledged."""
        reports, answers = len(self.reports), len(self.answers)
        # The one under way may have begun before.
        wait_until(
            lambda: len(self.reports) > reports + 1 and len(self.answers) > answers + 1,
            seconds=60,
            every=0.05,
        )

    def _work(self) -> None:
        while not self._ended.is_set():
            clerk = Browser(self.demo.port, f"{TOWN}.localhost")
            try:
                clerk.sign_in(self._clerk)
                while not self._ended.is_set():
                    self._one(clerk)
            except (requests.RequestException, AssertionError) as error:
                self.failures.append(f"{type(error).__name__} {str(error)[:120]}")
                time.sleep(0.1)
            finally:
                clerk.close()

    def _one(self, clerk: Browser) -> None:
        # Each citizen sits at home: one address may send only so many reports in an hour.
        citizen = Browser(self.demo.port, f"{TOWN}.localhost", address=next(_addresses))
        try:
            reference = write_report(citizen, self._place, "Laterne dunkel")
        finally:
            citizen.close()
        self.reports.append(reference)
        text = f"Wir kommen wegen {reference}."
        answer_report(clerk, reference, text)
        self.answers.append(text)

    # -- afterwards -------------------------------------------------------------------------------

    def assert_complete(self) -> None:
        """What was acknowledged is there; record and usage hold exactly what was done, not one more or less."""
        kept = {row[0] for row in self.demo.query(f"SELECT reference FROM {self.schema}.defects_report")}
        said = {row[0] for row in self.demo.query(f"SELECT text FROM {self.schema}.cases_timelineentry")}
        assert set(self.reports) - kept == set()
        assert set(self.answers) - said == set()
        reports, received, counted, answers, answered, answers_counted = (
            now - before for now, before in zip(self._books(), self._before, strict=True)
        )
        assert reports == received == counted >= len(self.reports)
        assert answers == answered == answers_counted >= len(self.answers)
        facts, batches, quantity, in_the_ledger = self._once_nothing_waits()
        assert facts == batches
        assert quantity == in_the_ledger
        verified = self.demo.cli("audit", "verify", "--tenant", TOWN)
        assert verified.returncode == 0, verified.stdout

    def _once_nothing_waits(self) -> tuple[int, ...]:
        """The very reading that showed nothing waiting: the next may see a fact that has come since, of a mail say."""
        readings: list[tuple[int, ...]] = []

        def is_pushed() -> bool:
            with suppress(IndexError):
                readings.append(self._ledger())
                return readings[-1][0] == 0
            return False

        wait_until(is_pushed, seconds=60)
        return readings[-1][1:]

    def _books(self) -> tuple[int, ...]:
        return self.demo.query(_BOOKS.format(schema=self.schema))[0]

    def _ledger(self) -> tuple[int, ...]:
        number = int(self.schema.removeprefix("m_"))
        return self.demo.query(_LEDGER.format(schema=self.schema, number=number, examples=_EXAMPLES))[0]
