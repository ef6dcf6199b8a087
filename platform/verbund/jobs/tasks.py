# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Task classes that carry whose work it is, and refuse to run without."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import structlog
from celery import Task
from celery.app import app_or_default
from celery.exceptions import Reject
from typing_extensions import override

from verbund.jobs.directory import SERVING, municipality_by_key
from verbund.kernel import context
from verbund.kernel.context import Association, Municipality
from verbund.kernel.ids import uuid7

HEADER = "verbund_scope"
around: list[Callable[[str], AbstractContextManager[None]]] = []
"""What other packages do around the body of every task, within its scope; called with the task's name."""
log = structlog.get_logger()


def _sending_scope() -> str | None:
    """Whose work is being sent: what is entered, else whose task is running (chains are sent from outside)."""
    scope = context.current_or_none()
    if scope is not None:
        return scope.key
    running = app_or_default().current_worker_task
    return running.request.get(HEADER) if running is not None else None


class ScopedTask(Task[Any, Any]):
    """Puts the scope into the message and takes it out again before the body runs."""

    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    serializer = "json"

    @override
    def apply_async(self, *arguments: Any, headers: dict[str, Any] | None = None, **options: Any) -> Any:
        marked = dict(headers or {})
        marked.setdefault(HEADER, _sending_scope())
        return super().apply_async(*arguments, headers=marked, **options)

    def _run_body(self, *arguments: Any, **options: Any) -> Any:
        with ExitStack() as stack:
            for enter in around:
                stack.enter_context(enter(str(self.name)))
            return super().__call__(*arguments, **options)

    def _marked_scope(self) -> str:
        mark = self.request.get(HEADER)
        if mark is None:
            mark = (self.request.headers or {}).get(HEADER)
        if not isinstance(mark, str) or not mark:
            log.error("jobs.task_rejected", task=self.name, reason="no scope")
            raise Reject("Auftrag ohne Kommune", requeue=False)
        return mark


class MunicipalityTask(ScopedTask):
    """Runs in exactly one municipality that is in one of ``states``; rejected before its body otherwise.

    Most work is for municipalities that serve. What only carries away data that is there already says so:
    ``@shared_task(base=MunicipalityTask, states=WITH_DATA)``.
    """

    abstract = True
    states: Collection[str] = SERVING

    @override
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        mark = self._marked_scope()
        municipality = municipality_by_key(mark, self.states)
        if not isinstance(municipality, Municipality):
            log.error("jobs.task_rejected", task=self.name, reason="unknown or in another state", mark=mark)
            raise Reject(f"Auftrag für unbekannte oder inaktive Kommune {mark}", requeue=False)
        with context.request(f"task-{self.request.id or uuid7()}"), context.enter(municipality):
            return self._run_body(*arguments, **options)


class AssociationTask(ScopedTask):
    """Runs on the association's own data."""

    abstract = True

    @override
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        mark = self._marked_scope()
        if mark != Association().key:
            log.error("jobs.task_rejected", task=self.name, reason="not the association", mark=mark)
            raise Reject(f"Auftrag des Verbands mit fremder Kennung {mark}", requeue=False)
        with context.request(f"task-{self.request.id or uuid7()}"), context.enter_association():
            return self._run_body(*arguments, **options)
