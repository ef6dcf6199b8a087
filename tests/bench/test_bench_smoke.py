# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bench still runs: every stack answers every request for a handful of times, and every way makes or moves a tenant."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from rich.console import Console

from bench import metering, migration, onboarding, report, requests, targets
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


@pytest.mark.slow
def test_counting_is_measured_to_the_last_event(server):
    figures = metering.measure(server, members=2, rounds=1, seconds=0.2, with_year=False)

    metering.show(Console(quiet=True), figures)
    assert figures["ways"]["ours"]["ratio"] > figures["ways"]["many_at_once"]["ratio"] > 1
    assert (figures["month"]["notices"], figures["month"]["invoices"]) == (2, 2)
    assert [kept.name for kept in metering.check(figures)] == [
        "counting, × one INSERT each",
        "counting, one process",
        "metering added to a request, p99",
        "month of 2 calculated and issued",
    ]


def test_figures_of_a_part_stand_among_those_of_the_whole(tmp_path):
    path = tmp_path / "results.json"
    run = {"date": "2026-11-28", "load_before": [1.0], "load_after": [2.0]}
    old = {"name": "old", "kept": False}
    report.write(
        path, {"date": "2026-11-01", "requests": {"a": 1}, "targets": [old, {"name": "x", "kept": False}]}
    )

    report.write_part(path, {**run, "metering": {"b": 2}, "targets": [{"name": "x", "kept": True}]})

    assert json.loads(path.read_text(encoding="utf-8")) == {
        "date": "2026-11-01",
        "requests": {"a": 1},
        "metering": {"b": 2, "run": run},
        "targets": [old, {"name": "x", "kept": True}],
    }


def test_committed_figures_are_of_this_bench():
    figures = json.loads(report.RESULTS.read_text(encoding="utf-8"))

    assert set(figures["requests"]["as_deployed"]) == set(report.LABELS)
    assert set(figures["onboarding"]["schemas"]) == {"20", "300"}
