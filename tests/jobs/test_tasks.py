# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A task runs in the scope its message names, and is rejected before its body otherwise."""

from __future__ import annotations

import pytest
from celery import Celery, shared_task
from celery.exceptions import Reject

from tests.factories.work import deliver
from verbund.jobs.tasks import HEADER, AssociationTask, MunicipalityTask
from verbund.kernel import context

ran: list[str] = []


@shared_task(base=MunicipalityTask, name="tests.in_municipality")
def in_municipality() -> None:
    ran.append(context.current().key)


@shared_task(base=AssociationTask, name="tests.in_association")
def in_association_task() -> None:
    ran.append(context.current().key)


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()


def test_runs_in_the_named_municipality(heideblick):
    deliver(in_municipality, {HEADER: heideblick.key})
    assert ran == [heideblick.key]


def test_runs_in_the_association(db):
    deliver(in_association_task, {HEADER: "association"})
    assert ran == ["association"]


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: None}, {HEADER: ""}, {HEADER: 1}, {HEADER: "m_999999"}, {HEADER: "association"}]
)
def test_municipality_task_is_rejected(headers, heideblick):
    with pytest.raises(Reject) as rejected:
        deliver(in_municipality, headers)
    assert rejected.value.requeue is False
    assert ran == []


@pytest.mark.parametrize("headers", [{}, {HEADER: "m_000001"}])
def test_association_task_is_rejected(headers, heideblick):
    with pytest.raises(Reject):
        deliver(in_association_task, headers)
    assert ran == []


def test_task_of_a_suspended_municipality_is_rejected(heideblick):
    from tenants.models import Tenant
    from tenants.states import State

    with context.enter_association():
        Tenant.objects.filter(pk=heideblick.number).update(state=State.SUSPENDED)

    with pytest.raises(Reject):
        deliver(in_municipality, {HEADER: heideblick.key})
    assert ran == []


def test_scope_is_left_after_the_task(heideblick):
    deliver(in_municipality, {HEADER: heideblick.key})
    assert context.current_or_none() is None


def test_message_carries_the_scope_of_the_sender(heideblick, monkeypatch):
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(Celery, "send_task", lambda *_arguments, **options: sent.append(options))
    monkeypatch.setattr(
        "celery.app.task.Task.apply_async", lambda *_arguments, **options: sent.append(options)
    )

    with context.enter(heideblick):
        in_municipality.delay()

    assert [options["headers"][HEADER] for options in sent] == [heideblick.key]


def test_message_sent_without_scope_carries_none(monkeypatch):
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(
        "celery.app.task.Task.apply_async", lambda *_arguments, **options: sent.append(options)
    )

    in_municipality.delay()

    assert [options["headers"][HEADER] for options in sent] == [None]
