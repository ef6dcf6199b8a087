# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker's connection serves many tasks, each in its own scope, and is not trusted blindly."""

from __future__ import annotations

import psycopg
import pytest
from celery import shared_task, signals
from celery.fixups.django import DjangoWorkerFixup
from django.db import connection, connections

from verbund.config.celery import app
from verbund.jobs.connections import TASKS
from verbund.jobs.tasks import HEADER, MunicipalityTask
from verbund.kernel.context import Municipality

pytestmark = pytest.mark.django_db(transaction=True)
Seen = tuple[int, str, str]
seen: list[Seen] = []


@shared_task(base=MunicipalityTask, name="tests.looks_around")
def looks_around(*, fails: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_schema(), current_user")
        seen.append(cursor.fetchone())
    if fails:
        raise ZeroDivisionError


class Worker:
    """Celery's own handling of connections around each task, as in a worker process."""

    def __init__(self, *, reuse: int | None) -> None:
        self._fixup = DjangoWorkerFixup(app)
        self._fixup.db_reuse_max = reuse

    def run(self, municipality: Municipality, *, fails: bool = False) -> Seen:
        headers = {HEADER: municipality.key}
        looks_around.push_request(id="message", headers=headers, **headers)
        try:
            self._fixup.on_task_prerun(sender=looks_around)
            signals.task_prerun.send(sender=looks_around)
            if fails:
                with pytest.raises(ZeroDivisionError):
                    looks_around(fails=True)
                signals.task_failure.send(sender=looks_around)
            else:
                looks_around()
            self._fixup.on_task_postrun(sender=looks_around)
        finally:
            looks_around.pop_request()
        return seen[-1]


@pytest.fixture
def worker(settings):
    settings.DATABASES["default"]["CONN_MAX_AGE"] = connections["default"].settings_dict["CONN_MAX_AGE"] = 600
    yield Worker(reuse=app.conf["CELERY_DB_REUSE_MAX"])
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    connections.close_all()


def test_tasks_of_all_municipalities_share_one_connection_and_nothing_else(worker, heideblick, luckau):
    turns = [worker.run(municipality) for municipality in (heideblick, luckau) * 6]

    assert len({pid for pid, _schema, _user in turns}) == 1
    assert [(schema, user) for _pid, schema, user in turns] == [("m_000001",) * 2, ("m_000002",) * 2] * 6


def test_without_it_every_task_opens_its_own(heideblick, luckau):
    stock = Worker(reuse=None)

    turns = [stock.run(municipality) for municipality in (heideblick, luckau) * 3]

    assert len({pid for pid, _schema, _user in turns}) == 6
    connections.close_all()


def test_connection_that_died_between_two_tasks_is_replaced(worker, heideblick, services):
    pid, *_rest = worker.run(heideblick)
    with psycopg.connect(services.superuser_dsn, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    assert worker.run(heideblick)[0] != pid


def test_connection_of_a_task_that_failed_is_not_used_again(worker, heideblick):
    failed, *_rest = worker.run(heideblick, fails=True)

    assert worker.run(heideblick)[0] != failed


def test_connection_is_renewed_after_a_while(worker, heideblick):
    assert worker._fixup.db_reuse_max == TASKS
    worker._fixup.db_reuse_max = 5

    pids = [worker.run(heideblick)[0] for _ in range(11)]

    assert len(set(pids)) == 3
