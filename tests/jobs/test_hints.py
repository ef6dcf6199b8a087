# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A broker that is away costs one sender a moment, not every one."""

from __future__ import annotations

import pytest
from celery import Celery

from verbund.jobs import hints
from verbund.kernel.context import ASSOCIATION


class Absent(Celery):
    """Sends to a port nobody listens on, and counts how often it was asked."""

    asked = 0

    def send_task(self, *arguments, **options):
        self.asked += 1
        return super().send_task(*arguments, **options)


@pytest.fixture
def absent(monkeypatch) -> Absent:
    app = Absent("absent", broker="redis://127.0.0.1:1/0", set_as_current=False)
    app.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0, "interval_max": 0}
    monkeypatch.setattr(hints, "current_app", app)
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    return app


def test_after_a_failure_nobody_asks_for_a_while(absent, monkeypatch):
    assert hints.hint("metering.push_association", scope=ASSOCIATION) is False
    assert hints.hint("metering.push_association", scope=ASSOCIATION) is False
    assert absent.asked == 1

    monkeypatch.setattr(hints, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(hints, "_quiet_until", 0.0)
    hints.hint("metering.push_association", scope=ASSOCIATION)
    hints.hint("metering.push_association", scope=ASSOCIATION)
    assert absent.asked == 3
