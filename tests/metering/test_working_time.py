# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tasks take, by municipality and package, also when they fail."""

from __future__ import annotations

import time

import pytest
from celery import shared_task

from verbund.jobs.tasks import HEADER, MunicipalityTask
from verbund.metering.aggregate import counts_of, requests


@shared_task(base=MunicipalityTask, name="roads.count")
def work(milliseconds: int) -> None:
    until = time.thread_time_ns() + milliseconds * 1_000_000
    while time.thread_time_ns() < until:
        pass
    if milliseconds > 20:
        raise ZeroDivisionError


def _run(municipality, milliseconds):
    work.apply(args=(milliseconds,), headers={HEADER: municipality.key}, throw=True)


def _counts():
    counts, _left = counts_of(requests.take(), {})
    return {(count.tenant, count.meter): count for count in counts if '"roads"' in count.dimensions}


def test_task_counts_for_its_municipality_with_its_own_time(heideblick):
    requests.take()

    _run(heideblick, 20)

    found = _counts()
    assert {meter for _tenant, meter in found} == {"jobs.runs", "jobs.ms", "db.ms", "db.calls"}
    assert found[heideblick.number, "jobs.runs"].quantity == 1
    assert 20 <= found[heideblick.number, "jobs.ms"].quantity < 2000
    assert found[heideblick.number, "jobs.runs"].dimensions == '{"module":"roads","status":"done"}'


def test_failed_task_has_worked_as_well(heideblick):
    requests.take()

    with pytest.raises(ZeroDivisionError):
        _run(heideblick, 21)

    found = _counts()
    assert found[heideblick.number, "jobs.runs"].dimensions == '{"module":"roads","status":"failed"}'
    assert found[heideblick.number, "jobs.ms"].quantity >= 21
