# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a task may be given: numbers of rows, never what stands in them; the broker's messages are kept in the clear."""

from __future__ import annotations

import inspect
import typing

import pytest

from verbund.config.celery import app

app.loader.import_default_modules()
PACKAGES = {"verbund", "tenants", "billing"}
OURS = sorted(name for name, task in app.tasks.items() if task.__module__.split(".")[0] in PACKAGES)
# The dispatcher is told by the schedule, which is code, which task it is to send.
TEXTS = {("jobs.dispatch", "task")}


def test_there_are_tasks_to_look_at():
    assert len(OURS) > 15


@pytest.mark.parametrize("name", OURS)
def test_task_takes_numbers_only(name: str):
    run = app.tasks[name].run
    hints = typing.get_type_hints(run)
    parameters = [key for key in inspect.signature(run).parameters if (name, key) not in TEXTS]

    assert {key: hints.get(key) for key in parameters if hints.get(key) is not int} == {}
