# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The supervisor: brings back whatever dies, gives up on what cannot live, ends everything in order."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.embedded.conftest import environment, is_alive, kill, wait_for
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.supervisor import Application, Event, Supervisor

SUPERVISE = """
import pathlib, sys
from verbund.embedded.installation import Installation
from verbund.embedded.supervisor import Application, Supervisor

installation = Installation(pathlib.Path(sys.argv[1]), fsync=False)
web = Application("web", ["sleep", "63"], env={})
with Supervisor(installation, [web], on_event=lambda e: print(e.kind, e.name, flush=True)) as supervisor:
    children = (*installation.children().values(), supervisor._watched["web"].child)
    print(*[child.pid for child in children], flush=True)
    supervisor.run()
"""
SERVICES = ("mailsink", "valkey", "postgres", "openbao")


def sleeper(name, seconds):
    return Application(name, [sys.executable, "-c", f"import time;time.sleep({seconds})"], env={"X": "1"})


class Watch:
    """A supervisor that is checked by hand, with its events."""

    def __init__(self, installation, *applications, **more):
        self.events: list[Event] = []
        self.supervisor = Supervisor(installation, applications, on_event=self.events.append, **more)

    def saw(self, name, kind):
        self.supervisor.check()
        return (name, kind) in [(event.name, event.kind) for event in self.events]


@pytest.fixture
def watch(idle):
    made = Watch(idle, sleeper("web", 61), sleeper("worker", 62))
    with made.supervisor:
        yield made


def test_killed_services_come_back(watch, idle):
    before = {name: child.pid for name, child in idle.children().items()}
    assert tuple(before) == SERVICES

    for pid in before.values():
        kill(pid)
    wait_for(lambda: all(watch.saw(name, "restarted") for name in SERVICES))

    after = idle.children()
    assert all(child.is_running for child in after.values())
    assert {name for name in SERVICES if after[name].pid == before[name]} == set()


def test_a_killed_application_comes_back_and_the_others_stay(watch):
    web, worker = (watch.supervisor._watched[name].child for name in ("web", "worker"))
    before, other = web.pid, worker.pid

    kill(before)
    wait_for(lambda: watch.saw("web", "restarted"))

    assert web.is_running
    assert web.pid != before
    assert worker.pid == other
    [died] = [event for event in watch.events if (event.name, event.kind) == ("web", "died")]
    assert died.detail.startswith("web wurde beendet (SIGKILL).")


def test_an_application_sees_only_its_own_environment(watch):
    environ = Path(f"/proc/{watch.supervisor._watched['web'].child.pid}/environ").read_bytes()

    names = {entry.partition(b"=")[0] for entry in environ.split(b"\0") if entry}

    assert names <= {b"X", b"LANG", b"PATH", b"HOME", b"TMPDIR", b"TZ", b"LC_CTYPE"}


def test_an_application_that_cannot_live_ends_everything_with_its_name(idle):
    broken = Application("broken", [sys.executable, "-c", "print('why'); raise SystemExit(2)"], env={})
    watch = Watch(idle, broken, patience=1)

    watch.supervisor.start()
    with pytest.raises(EmbeddedError) as caught:
        watch.supervisor.run()

    assert caught.value.sentence == "broken hat sich beendet (Code 2)."
    assert caught.value.remedy == f"tail -n 40 {idle.logs / 'broken.log'}"
    assert idle.children() == {}
    kinds = [event.kind for event in watch.events if event.name == "broken"]
    assert kinds == ["started", "died", "restarted", "died", "stopping", "stopped"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_applications_first(idle, number):
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(idle.data)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    lines = [process.stdout.readline().strip() for _ in range(6)]
    assert lines[:5] == [*(f"started {name}" for name in SERVICES), "started web"]
    pids = [int(pid) for pid in lines[5].split()]

    process.send_signal(number)
    rest, _ = process.communicate(timeout=20)

    assert process.returncode in {0, -signal.SIGINT}  # the latter: it came before `run` had begun
    assert rest.split("\n")[:-1] == ["stopping web", "stopped web", *(f"stopped {name}" for name in SERVICES)]
    assert [pid for pid in pids if is_alive(pid)] == []


def test_another_thread_may_end_the_supervisor(idle):
    watch = Watch(idle)
    watch.supervisor.start()

    threading.Timer(0.2, watch.supervisor.request_stop).start()
    watch.supervisor.run()

    assert idle.children() == {}
