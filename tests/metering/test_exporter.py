# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Prometheus is told: sums over all processes, on loopback and on a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta

import pytest
from celery.signals import task_postrun
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from tests.factories.metering import NOON, make_batch
from verbund.kernel import clock, context
from verbund.metering import api, ledger, multiprocess, pusher, rollup, tasks
from verbund.metering.exporter import LedgerCollector
from verbund.metering.prometheus import observe_job, observe_request

_COUNT = """
import sys
from verbund.metering.prometheus import observe_request
for _ in range(int(sys.argv[1])):
    observe_request(method="GET", route="maengel/", status_class="2xx", tenant="heideblick", seconds=0.02)
"""


def _samples(text):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _told(spool_root=None):
    registry = CollectorRegistry()
    registry.register(LedgerCollector(spool_root))
    return _samples(generate_latest(registry).decode())


def test_ledger_that_adds_up(in_association):
    ledger.receive([make_batch(), make_batch()])
    rollup.roll_up()

    told = _told()

    assert told["verbund_metering_ledger_exact", ()] == 1
    assert {
        part: told["verbund_metering_ledger_events", (("part", part),)]
        for part in ("received", "counted", "in_days")
    } == {
        "received": 2,
        "counted": 2,
        "in_days": 2,
    }


def test_lag_is_the_age_of_the_oldest_waiting_fact(lamps, in_heideblick, monkeypatch, time_machine):
    api.record(lamps, at=NOON)
    pusher.note_backlog()
    time_machine.move_to(clock.now() + timedelta(seconds=90))

    told = _told()

    assert told["verbund_metering_unpushed_facts", (("tenant", "heideblick"),)] == 1
    assert 89 <= told["verbund_metering_lag_seconds", ()] <= 100
    assert 89 <= told["verbund_metering_sweep_age_seconds", ()] <= 100


def test_files_that_wait_on_disk_are_told(db, tmp_path):
    (tmp_path / "producer").mkdir()
    (tmp_path / "producer" / "000000000001.jsonl").touch()

    assert _told(tmp_path)["verbund_metering_spool_files", ()] == 1


def test_database_is_asked_once_for_many_scrapes(in_association, django_assert_num_queries):
    registry = CollectorRegistry()
    registry.register(LedgerCollector(None))

    with django_assert_num_queries(4):  # names, backlog, sums, backups
        generate_latest(registry)
        generate_latest(registry)


def test_no_metric_has_tenant_and_route_together():
    observe_request(
        method="PROPFIND", route="maengel/", status_class="2xx", tenant="heideblick", seconds=0.02
    )
    observe_job(task="metering.push", outcome="success")

    for name, labels in _samples(generate_latest().decode()):
        assert not {"tenant", "route"} <= {label for label, _text in labels}, name


def test_every_task_that_ends_is_told():
    before = _samples(generate_latest().decode())
    label = (("outcome", "failure"), ("task", "metering.push"))

    task_postrun.send(sender=tasks.push, task=tasks.push, state="FAILURE")

    after = _samples(generate_latest().decode())
    assert after["verbund_jobs_total", label] == before.get(("verbund_jobs_total", label), 0) + 1


def test_folder_of_a_former_start_is_emptied(tmp_path):
    (tmp_path / "counter_1.db").touch()
    (tmp_path / "other.txt").touch()

    multiprocess.prepare(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_process_serves_the_sums_of_all(heideblick, tmp_path):
    with context.enter_association():
        ledger.receive([make_batch()])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        multiprocess.VARIABLE: str(tmp_path),
        "VERBUND_METRICS_PORT": str(port),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    for requests in ("3", "4"):
        subprocess.run([sys.executable, "-c", _COUNT, requests], env=environment, check=True, timeout=60)
    server = subprocess.Popen(
        [sys.executable, "-m", "verbund.config.cli", "metrics"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert str(port) in server.stdout.readline()
        told = _samples(_read(port))
        assert told["verbund_tenant_requests_total", (("status_class", "2xx"), ("tenant", "heideblick"))] == 7
        assert told["verbund_metering_ledger_exact", ()] == 1
    finally:
        started = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert server.returncode == 0
    assert time.monotonic() - started < 10


def _read(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        return answer.read().decode()
