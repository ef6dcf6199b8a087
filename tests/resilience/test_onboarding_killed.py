# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R1: kill -9 of the provisioning worker and of the command line at every step of an onboarding."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest
import requests

from tests.harness.services import ROOT
from tests.resilience.gates import Gate, VaultDoor
from tests.resilience.station import Station, of_process
from tests.resilience.traces import assert_whole
from tests.resilience.wishes import Wish, ask_by_console, wishes
from tests.system.browser import Browser
from tests.system.demo import wait_until

_RESUMED_WITHIN = 60.0
_BEFORE, _DURING, _AFTER = "before", "during", "after"
# What a step writes first outside of the municipality's own schema: there it is stopped half-way.
_ELSEWHERE = {
    "database": "association.tenants_tenant",
    "modules": "association.tenants_moduleactivation",
    "activation": "association.tenants_tenant",
    "agreement": "association.agreements_signedagreement",
}
# The vault's step has made the key when it writes the policy.
_IN_VAULT = {"vault": r"(PUT|POST) /v1/sys/policies/acl/m_"}
# The command line runs the same steps; it is killed where most lies half-done.
_BY_HAND = (("database", _DURING), ("vault", _DURING), ("administrator", _AFTER))


@pytest.fixture(scope="module")
def door() -> Iterator[VaultDoor]:
    made = VaultDoor()
    yield made
    made.close()


@pytest.fixture(scope="module")
def newcomers(door: VaultDoor) -> Iterator[Station]:
    """An installation of its own: it ends with more members than the other tests need."""
    made = Station(settings={"VERBUND_VAULT_ADDR": door.address})
    door.data = made.data
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture(scope="module")
def operator(newcomers: Station) -> Iterator[Browser]:
    browser = Browser(newcomers.port, "verbund.localhost")
    (account,) = (one for one in newcomers.access["association"]["accounts"] if one["role"] == "Betrieb")
    yield browser.sign_in(account)
    browser.close()


@pytest.mark.parametrize(("first", "moment"), [(0, _BEFORE), (15, _DURING), (30, _AFTER)])
def test_a_worker_killed_at_every_step_resumes_by_itself(  # noqa: PLR0917 (pytest fills them by name)
    newcomers: Station,
    operator: Browser,
    door: VaultDoor,
    note: Callable[..., None],
    first: int,
    moment: str,
) -> None:
    steps = _step_names(newcomers)
    towns = wishes()[first : first + len(steps)]
    killed: dict[str, float] = {}
    places = []

    for wish, step in zip(towns, steps, strict=True):
        killed[wish.slug], place = _Killing(newcomers, door, wish, step, moment).of_the_worker(operator)
        places.append(place)

    seconds = _seconds_until_active(newcomers, killed)
    _assert_each_is_whole(newcomers, towns)
    note(
        bar="R1",
        fault=f"kill -9 of the provisioning worker {moment} each onboarding step",
        how=f"{len(steps)} steps, the worker and its pool killed at each; held there by a lock or a held request, no switch"
        f" in the product{_half_written(moment, places)}",
        measured=f"{len(killed)} kills, {_shown(seconds)}",
    )
    assert max(seconds) <= _RESUMED_WITHIN


def test_a_killed_command_line_is_taken_over_by_the_worker(
    newcomers: Station, door: VaultDoor, note: Callable[..., None]
) -> None:
    towns = wishes()[-len(_BY_HAND) :]
    killed = {
        wish.slug: _Killing(newcomers, door, wish, step, moment).of_the_command_line()[0]
        for wish, (step, moment) in zip(towns, _BY_HAND, strict=True)
    }

    seconds = _seconds_until_active(newcomers, killed)
    _assert_each_is_whole(newcomers, towns)
    note(
        bar="R1",
        fault="kill -9 of `verbund onboard`",
        how="; ".join(f"{moment} {step}" for step, moment in _BY_HAND),
        measured=f"{len(killed)} kills, {_shown(seconds)}",
    )
    assert max(seconds) <= _RESUMED_WITHIN


def _half_written(moment: str, places: list[str]) -> str:
    if moment != _DURING:
        return ""
    return f"; {places.count(_DURING)} of them half written, the others are one system call"


def _shown(seconds: list[float]) -> str:
    return (
        f"all resumed by themselves: median {sorted(seconds)[len(seconds) // 2]:.0f} s, longest {max(seconds):.0f} s (bar 60 s);"
        " 0 half municipalities, 0 schemas, roles, keys, policies, token roles or folders of nobody; one invitation each"
    )


def _assert_each_is_whole(station: Station, towns: list[Wish]) -> None:
    assert_whole(station, [wish.slug for wish in towns])
    for wish in towns:
        _assert_serves(station, wish)
        wait_until(lambda wish=wish: station.mails(wish.admin_email), seconds=90)
        assert len(station.mails(wish.admin_email)) == 1


class _Killing:
    """One onboarding that is stopped at one point and killed there."""

    def __init__(self, station: Station, door: VaultDoor, wish: Wish, step: str, moment: str) -> None:
        self._station, self._door, self._wish, self._step, self._moment = station, door, wish, step, moment

    def of_the_worker(self, operator: Browser) -> tuple[float, str]:
        """When it was killed and where it stood."""
        worker = wait_until(self._worker, seconds=30)
        # Suspended until the gates stand: it takes the job from the broker at once.
        worker.suspend()
        answer = ask_by_console(operator, self._wish)
        assert answer.status_code == 302, answer.text
        return self._stop_and_kill(worker.resume, lambda: wait_until(self._worker, seconds=5).pid)

    def of_the_command_line(self) -> tuple[float, str]:
        # Not to be taken by the worker, whose turn comes after the kill.
        worker = wait_until(self._worker, seconds=30)
        worker.suspend()
        program = str(Path(sys.executable).with_name("verbund"))
        with Gate(self._station, 9) as start:
            start.stand_at("association.jobs_job", when="NEW.state = 'RUNNING'", events="UPDATE")
            command = subprocess.Popen(
                [program, "onboard", *self._wish.options],
                env=self._station.environment(),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                wait_until(lambda: start.is_reached, seconds=60)
                return self._stop_and_kill(start.open, lambda: command.pid)
            finally:
                command.wait(timeout=10)
                worker.resume()

    def _stop_and_kill(self, go: Callable[[], None], whom: Callable[[], int]) -> tuple[float, str]:
        """Put the gates up while the job waits, let it go, and kill who works on it where it stands."""
        with ExitStack() as stack:
            gates = [stack.enter_context(Gate(self._station, number)) for number in (1, 2, 3)]
            begin, middle, end = gates
            # All are opened before the first is taken away: that waits for whoever stands at another.
            for opening in (self._door.open, *(gate.open for gate in gates)):
                stack.callback(opening)
            key = wait_until(lambda: self._station.key_of(self._wish.slug), seconds=10)
            begin.stand_at_step(key, self._step, "RUNNING")
            end.stand_at_step(key, self._step, "DONE")
            go()
            wait_until(lambda: begin.is_reached, seconds=60, every=0.02)
            if self._moment == _BEFORE:
                return _kill(whom()), _BEFORE
            if self._moment == _DURING:
                self._stand_in_the_middle(middle)
            begin.open()
            wait_until(
                lambda: middle.is_reached or end.is_reached or self._door.is_reached, seconds=60, every=0.02
            )
            where = _AFTER if end.is_reached else _DURING
            return _kill(whom()), where

    def _stand_in_the_middle(self, middle: Gate) -> None:
        if self._step in _IN_VAULT:
            self._door.hold(_IN_VAULT[self._step])
            return
        if self._step in _ELSEWHERE:
            middle.stand_at(_ELSEWHERE[self._step])
            return
        middle.stand_at_schema(self._station.key_of(self._wish.slug))

    def _worker(self) -> psutil.Process | None:
        """The worker's first process, once its pool is there."""
        with suppress(psutil.Error, OSError, ValueError):
            worker = self._station.child("provisioning")
            return worker if worker.children() and not is_suspended(worker) else None
        return None


def is_suspended(process: psutil.Process) -> bool:
    return process.status() == psutil.STATUS_STOPPED


def _kill(pid: int) -> float:
    """kill -9 of a process with all it has started, the first one first: it would start the others anew."""
    processes = list(reversed(of_process(pid)))
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    at = time.time()
    psutil.wait_procs(processes, timeout=10)
    return at


def _step_names(station: Station) -> list[str]:
    rows = station.query(
        "SELECT name FROM association.jobs_jobstep WHERE job_id = (SELECT min(id) FROM association.jobs_job) ORDER BY position"
    )
    return [row[0] for row in rows]


def _seconds_until_active(station: Station, killed: dict[str, float]) -> list[float]:
    def activated() -> dict[str, float]:
        rows = station.query(
            "SELECT t.slug, extract(epoch FROM j.finished_at)::float8 FROM association.tenants_tenant t"
            " JOIN association.jobs_job j ON j.subject = t.schema_name WHERE t.state = 'ACTIVE' AND j.state = 'DONE'"
        )
        return dict(rows)

    wait_until(lambda: set(killed) <= set(activated()), seconds=120, every=0.5)
    at = activated()
    return [at[slug] - moment for slug, moment in killed.items()]


def _assert_serves(station: Station, wish: Wish) -> None:
    answer = requests.get(
        f"http://127.0.0.1:{station.port}/", headers={"Host": f"{wish.host}:{station.port}"}, timeout=30
    )
    assert answer.status_code == 200, (wish.slug, answer.text)
    assert wish.name in answer.text
