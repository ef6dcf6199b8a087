# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bench still runs: every stack answers every request for a handful of times, and every way makes or moves a tenant."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from rich.console import Console

from bench import migration, onboarding, report, requests, targets
from bench.server import Server
from tests.harness.services import Services


@pytest.fixture
def server(services: Services) -> Iterator[Server]:
    server = Server(superuser_dsn=services.superuser_dsn, roles={"web": services.web, "cli": services.cli})
    yield server
    server.clean_up()


@pytest.mark.slow
def test_every_stack_answers_with_its_own_rows(server):
    prepared = requests.prepare(server, tenants=2)

    times = requests.measure(server, prepared, health_checks=True, rounds=2, count=2, warm_up=2)

    report.show_requests(Console(quiet=True), "as_deployed", times)
    figures = report.requests_json(times)
    assert set(figures) == set(report.LABELS)
    assert all(set(case) == {variant.name for variant in requests.VARIANTS} for case in figures.values())
    assert len(targets.check_requests("as_deployed", times)) == len(targets.REQUESTS)


@pytest.mark.slow
def test_both_ways_make_a_tenant(server):
    times = onboarding.measure(server, sizes=(1,), repeats=1)

    made = onboarding.relations(server)
    report.show_onboarding(Console(quiet=True), times, made)
    figures = report.onboarding_json(times, made)["schemas"]["1"]
    assert figures["spare_faster_than_stock_same"] > figures["faster_than_stock_same"] > 1


@pytest.mark.slow
def test_release_is_replayed(server):
    figures = migration.measure(server, schemas=7)

    report.show_migration(Console(quiet=True), figures)
    assert figures["replayed"] >= 2
    assert figures["per_schema_ms"] < figures["django_per_schema_ms"]


def test_committed_figures_are_of_this_bench():
    figures = json.loads(report.RESULTS.read_text(encoding="utf-8"))

    assert set(figures["requests"]["as_deployed"]) == set(report.LABELS)
    assert set(figures["onboarding"]["schemas"]) == {"20", "300"}
