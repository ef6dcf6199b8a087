# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages to workers: without, with a foreign, with a deleted or with the wrong kind of scope, and really sent."""

from __future__ import annotations

from typing import Any

from celery import current_app as app
from celery.exceptions import Reject
from kombu import Connection, Queue

from tenants.states import WITH_DATA, State
from verbund.jobs.tasks import HEADER, AssociationTask, MunicipalityTask, ScopedTask
from verbund.kernel import context
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party

REFUSED, ENTERED, SENT = "tasks.refused", "tasks.entered", "tasks.sent"
_UNKNOWN = "m_999999999"
_BUILT_IN = "celery."


def try_tasks(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Every task of every package; none is listed by hand."""
    app.loader.import_default_modules()
    municipality = next(party for party in parties if party.kind == "municipality")
    for name, task in sorted(app.tasks.items()):
        if name.startswith(_BUILT_IN):
            continue
        if not isinstance(task, MunicipalityTask | AssociationTask):
            ledger.failed(REFUSED, name, "trägt keine Kommune: weder MunicipalityTask noch AssociationTask")
            continue
        _try_marks(name, task, parties, municipality, ledger)
        _try_sending(name, task, parties, ledger)


def municipality_tasks() -> list[tuple[str, MunicipalityTask]]:
    """Every task that runs in one municipality."""
    app.loader.import_default_modules()
    return [(name, task) for name, task in sorted(app.tasks.items()) if isinstance(task, MunicipalityTask)]


def refuses(task: ScopedTask, mark: object) -> str:
    """Empty when the task is rejected before its body; else what happened instead."""
    ran: list[str] = []
    seen = _delivered(task, mark, ran)
    if ran:
        return f"lief in {ran}"
    return "" if seen == "rejected" else seen


def try_states(key: str, state: State, ledger: Ledger) -> None:
    """While the municipality is in this state, a task runs there exactly if its own states say so, else never."""
    for name, task in municipality_tasks():
        subject = f"{name} für Kommune im Zustand {state}"
        if state in task.states and state in WITH_DATA:
            ran: list[str] = []
            seen = _delivered(task, key, ran)
            ledger.expect(ENTERED, subject, f"{seen}, lief in {ran}", ok=ran == [key])
        else:
            seen = refuses(task, key)
            ledger.expect(REFUSED, subject, seen, ok=not seen)


def _delivered(task: ScopedTask, mark: object, ran: list[str]) -> str:
    """Hand the task over as a worker does, with its body replaced by a look at where it runs."""
    headers: dict[str, Any] = {} if mark is None else {HEADER: mark}
    body = task.run
    setattr(task, "run", lambda *_arguments, **_options: ran.append(context.current().key))  # noqa: B010 (a method)
    task.push_request(id="nachweis", headers=headers, **headers)
    try:
        task()
    except Reject as rejected:
        return "rejected" if not getattr(rejected, "requeue", True) else "wurde zurückgestellt"
    except Exception as error:  # noqa: BLE001 (anything but a rejection is told)
        return f"{type(error).__name__}: {error}"
    finally:
        task.pop_request()
        setattr(task, "run", body)  # noqa: B010 (see above)
    return "done"


def _try_marks(
    name: str, task: ScopedTask, parties: tuple[Party, ...], municipality: Party, ledger: Ledger
) -> None:
    is_association = isinstance(task, AssociationTask)
    wrong_kind = municipality.key if is_association else "association"
    for mark in (None, "", 1, ["m_000001"], "m_1; DROP SCHEMA x", _UNKNOWN, "public", "ext", wrong_kind):
        seen = refuses(task, mark)
        ledger.expect(REFUSED, f"{name} mit Kennung {mark!r}", seen, ok=not seen)
    for party in parties:
        if (party.kind == "association") == is_association:
            ran: list[str] = []
            _delivered(task, party.key, ran)
            ledger.expect(ENTERED, f"{name} für {party.key}", f"lief in {ran}", ok=ran == [party.key])
            ledger.succeeded(ENTERED, len(ran))
            left = context.current_or_none()
            ledger.expect(ENTERED, f"{name} danach", f"noch in {left}", ok=left is None)


def _try_sending(name: str, task: ScopedTask, parties: tuple[Party, ...], ledger: Ledger) -> None:
    """What is sent while a scope is entered names it in the message itself."""
    for party in parties:
        with Connection("memory://") as broker, party.enter():
            queue = Queue(f"nachweis-{party.key}")
            typing, task.typing = task.typing, False  # what the body takes does not matter: it will not run
            try:
                task.apply_async(connection=broker, queue=queue.name, args=[], declare=[queue])
            finally:
                task.typing = typing
            got = queue(broker.default_channel).get()
            mark = got.headers.get(HEADER) if got is not None else None
            ledger.expect(SENT, f"{name} aus {party.key}", f"Kennung {mark!r}", ok=mark == party.key)
