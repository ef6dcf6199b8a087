# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens when several people do something at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.factories.defects import make_clerk, make_report, move
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.modules.defects.errors import TransitionRefused
from verbund.modules.defects.models import Report
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

pytestmark = pytest.mark.django_db(transaction=True)


def together(municipality: Municipality, *calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment on connections of their own; an error counts as its answer."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            with context.enter(municipality):
                start.wait(timeout=10)
                return call()
        except TransitionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_every_report_gets_a_number_of_its_own(heideblick):
    reports = together(heideblick, *[make_report] * 6)

    assert len({report.reference for report in reports}) == 6


def test_two_clerks_close_the_same_report_once(heideblick):
    with context.enter(heideblick):
        report, first, second = make_report(), make_clerk(), make_clerk()

    together(
        heideblick,
        lambda: move(report, State.DONE, by=first, answer="Erledigt."),
        lambda: move(report, State.DONE, by=second, answer="Erledigt."),
    )

    with context.enter(heideblick):
        assert Report.objects.get(pk=report.pk).state == State.DONE
        assert report.case.timeline.filter(state=State.DONE, kind="STATE").count() == 1


def test_the_slower_of_two_different_steps_is_checked_against_the_new_state(heideblick):
    with context.enter(heideblick):
        report, first, second = make_report(), make_clerk(), make_clerk()

    answers = together(
        heideblick,
        lambda: move(report, State.DONE, by=first),
        lambda: move(report, State.IN_PROGRESS, by=second),
    )

    with context.enter(heideblick):
        states = [entry.state for entry in report.case.timeline.filter(kind="STATE")]
    # Either progress came first and then the end, or the end came first and progress was refused.
    assert states in (["IN_PROGRESS", "DONE"], ["DONE"])
    assert sum(isinstance(answer, TransitionRefused) for answer in answers) == (states == ["DONE"])


def test_a_mail_is_sent_by_one_worker_only(heideblick):
    from django.core import mail

    from verbund.kernel import clock
    from verbund.notify.delivery import deliver_due

    with context.enter(heideblick):
        Outbox.objects.all().delete()
        make_report()
        waiting = Outbox.objects.count()

    sent = together(heideblick, *[lambda: deliver_due(at=clock.now())] * 3)

    assert sum(sent) == waiting
    assert len(mail.outbox) == waiting
