# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writers who work in two municipalities while something fails, and the books that must agree afterwards."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

import requests

from tests.resilience.station import TOWNS, Station
from tests.system.demo import wait_until

# What the record and the usage say of reports.
_BOOKS = """
    SELECT (SELECT count(*) FROM {schema}.audit_entry WHERE action = 'defects.report.received'),
           (SELECT coalesce(sum(quantity), 0) FROM {schema}.metering_fact WHERE meter = 'defects.reports')
"""
# Facts that wait; facts and batches; what the facts and what the counters add up to.
_LEDGER = """
    SELECT (SELECT count(*) FROM {schema}.metering_fact WHERE pushed_at IS NULL),
           (SELECT count(*) FROM {schema}.metering_fact),
           (SELECT count(*) FROM association.metering_usagebatch WHERE producer = '{schema}'),
           (SELECT sum(quantity) FROM {schema}.metering_fact),
           (SELECT sum(quantity) FROM association.metering_usagecounter
            WHERE tenant = {number} AND meter IN (SELECT meter FROM {schema}.metering_fact))
"""


@dataclass(frozen=True)
class Answer:
    """One answer as a writer saw it. Status 0: there was none."""

    at: float
    status: int
    seconds: float
    is_clear: bool


@dataclass
class Town:
    """One municipality under load: what was acknowledged, under which canary."""

    slug: str
    schema: str
    token: str
    lat: float
    lon: float
    canary: str
    before: tuple[int, ...]
    # Reference of the receipt by the text that was sent with it.
    acknowledged: dict[str, str] = field(default_factory=dict)


class Load:
    """Four writers by default, two in each municipality, each one report after the other and reading it again."""

    def __init__(self, station: Station, *, writers: int = 4, pause: float = 0.03) -> None:
        self._station = station
        self._pause = pause
        self.answers: list[Answer] = []
        self.wrong: list[str] = []
        self.lost: list[str] = []
        self._ended = threading.Event()
        self._towns = [self._town(slug) for slug in TOWNS]
        self._threads = [
            threading.Thread(target=self._work, args=(self._towns[number % 2],)) for number in range(writers)
        ]

    def __enter__(self) -> Self:
        self.web_before = self._station.web_processes()
        for thread in self._threads:
            thread.start()
        self.wait_for(4)
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int, *, seconds: float = 60) -> None:
        """Until that many further reports are acknowledged in each municipality."""
        wanted = {town.slug: len(town.acknowledged) + more for town in self._towns}
        wait_until(
            lambda: all(len(town.acknowledged) >= wanted[town.slug] for town in self._towns),
            seconds=seconds,
            every=0.05,
        )

    # -- at work ----------------------------------------------------------------------------------

    def _town(self, slug: str) -> Town:
        schema = self._station.key_of(slug)
        return Town(
            slug=slug,
            schema=schema,
            canary=f"Kanari{secrets.token_hex(6)}",
            before=self._station.query(_BOOKS.format(schema=schema))[0],
            **self._station.town_api(slug),
        )

    def _work(self, town: Town) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Host"] = f"{town.slug}.localhost:{self._station.port}"
            session.headers["Connection"] = "close"
            while not self._ended.wait(self._pause):
                self._one(session, town)

    def _one(self, session: requests.Session, town: Town) -> None:
        text = f"{town.canary} {secrets.token_hex(6)}"
        sent = self._ask(
            session,
            town,
            "POST",
            "/open311/v2/requests.json",
            data={
                "api_key": town.token,
                "service_code": "street-light",
                "lat": town.lat,
                "long": town.lon,
                "description": text,
            },
        )
        if sent is None or sent.status_code != 201:
            return
        reference = sent.json()[0]["service_request_id"]
        town.acknowledged[text] = reference
        read = self._ask(
            session,
            town,
            "GET",
            f"/api/v1/defects/reports/{reference}/",
            headers={"Authorization": f"Bearer {town.token}"},
        )
        if read is None or read.status_code >= 500:
            return
        if read.status_code != 200:
            self.lost.append(f"{town.slug} {reference}: {read.status_code}")
        elif read.json()["reported_text"] != text:
            self.wrong.append(f"{town.slug} {reference}: {read.text[:200]}")

    def _ask(
        self, session: requests.Session, town: Town, method: str, path: str, **values: object
    ) -> requests.Response | None:
        begun = time.monotonic()
        try:
            answer = session.request(
                method, f"http://127.0.0.1:{self._station.port}{path}", timeout=30, **values
            )
        except requests.RequestException:
            now = time.monotonic()
            self.answers.append(Answer(now, 0, now - begun, is_clear=False))
            return None
        now = time.monotonic()
        is_clear = answer.status_code < 500 or (
            answer.status_code == 503 and answer.headers.get("Retry-After", "").isdigit()
        )
        self.answers.append(Answer(now, answer.status_code, now - begun, is_clear))
        for other in self._towns:
            if other is not town and other.canary in answer.text:
                self.wrong.append(f"{town.slug} {path}: the canary of {other.slug}")
        return answer

    # -- afterwards -------------------------------------------------------------------------------

    @property
    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answer in self.answers)

    @property
    def failures(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status == 0 or answer.status >= 500]

    @property
    def acknowledged(self) -> int:
        return sum(len(town.acknowledged) for town in self._towns)

    def longest_gap(self) -> float:
        """The longest time without any good answer, in seconds."""
        good = sorted(answer.at for answer in self.answers if 0 < answer.status < 500)
        return max(later - earlier for earlier, later in itertools.pairwise(good))

    def slowest(self) -> float:
        return max(answer.seconds for answer in self.answers)

    def assert_survived(self) -> None:
        """No wrong answer, nothing lost or doubled, every failure a clear one, and nobody was restarted."""
        assert self.wrong == []
        assert self.lost == []
        assert [answer for answer in self.answers if not answer.is_clear] == []
        assert self._station.web_processes() == self.web_before
        for town in self._towns:
            self._assert_books(town)

    def _assert_books(self, town: Town) -> None:
        rows = self._station.query(
            f"SELECT description, reference FROM {town.schema}.defects_report WHERE description LIKE %s",
            f"{town.canary}%",
        )
        kept = dict(rows)
        assert len(kept) == len(rows)
        assert {text: kept.get(text) for text in town.acknowledged} == town.acknowledged
        received, counted = (
            now - before
            for now, before in zip(
                self._station.query(_BOOKS.format(schema=town.schema))[0], town.before, strict=True
            )
        )
        assert received == counted == len(kept) >= len(town.acknowledged)
        wait_until(lambda: self._ledger(town)[0] == 0, seconds=60)
        _waiting, facts, batches, quantity, in_the_ledger = self._ledger(town)
        assert facts == batches
        assert quantity == in_the_ledger

    def _ledger(self, town: Town) -> tuple[int, ...]:
        number = int(town.schema.removeprefix("m_"))
        with suppress(IndexError):
            return self._station.query(_LEDGER.format(schema=town.schema, number=number))[0]
        return (1, 0, 0, 0, 0)
