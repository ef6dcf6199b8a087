# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A child process: readiness, ends of all kinds, and what a killed supervisor leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.embedded.conftest import command_lines, environment, is_alive, kill, wait_for
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.orphans import PidFile, started_at
from verbund.embedded.process import Child

STUBBORN = "import signal,time;[signal.signal(n,signal.SIG_IGN) for n in (2,15)];print('up',flush=True);time.sleep(60)"


def child(tmp_path, *argv, mark=""):
    return Child(
        "thing", argv, run=tmp_path / "run", log=tmp_path / "thing.log", mark=mark or " ".join(argv[1:])
    )


def test_a_child_is_ready_when_the_probe_says_so(tmp_path):
    thing = child(tmp_path, "sleep", "60.01")
    answers = iter([False, False, True])

    thing.start()
    thing.wait_ready(lambda: next(answers), timeout=5)

    assert thing.is_running
    thing.stop()
    assert not thing.is_running


def test_a_child_that_ends_instead_of_getting_ready_is_an_error_with_its_log(tmp_path):
    thing = child(tmp_path, sys.executable, "-c", "import sys; print('nope'); sys.exit(3)")

    thing.start()
    with pytest.raises(EmbeddedError) as caught:
        thing.wait_ready(lambda: False, timeout=5)

    assert caught.value.sentence == "thing hat sich beendet (Code 3)."
    assert caught.value.remedy == f"tail -n 40 {tmp_path / 'thing.log'}"
    assert thing.output() == "nope\n"
    thing.stop()


def test_a_child_that_never_answers_is_an_error_in_bounded_time(tmp_path):
    thing = child(tmp_path, "sleep", "60.02")

    thing.start()
    with pytest.raises(EmbeddedError, match="thing antwortet nicht"):
        thing.wait_ready(lambda: False, timeout=0.1)

    thing.stop()


def test_a_missing_program_is_one_clear_sentence(tmp_path):
    with pytest.raises(EmbeddedError, match="thing lässt sich nicht starten: No such file"):
        child(tmp_path, "/nowhere/program", "x").start()


def test_a_child_that_ignores_signals_is_killed_with_what_it_started(tmp_path):
    code = f"import subprocess,sys;subprocess.Popen([sys.executable,'-c',{STUBBORN!r}]);{STUBBORN}"
    thing = child(tmp_path, sys.executable, "-c", code)
    thing.start()
    wait_for(lambda: thing.output().count("up") == 2)
    group = [pid for pid in pids() if os.getpgid(pid) == thing.pid]

    thing.stop(timeout=0.2)

    assert len(group) == 2
    wait_for(lambda: not any(is_alive(pid) for pid in group))


def test_the_rest_of_a_killed_child_is_ended(tmp_path):
    thing = child(
        tmp_path,
        sys.executable,
        "-c",
        f"import subprocess,sys;subprocess.run([sys.executable,'-c',{STUBBORN!r}])",
    )
    thing.start()
    wait_for(lambda: "up" in thing.output())
    [inner] = [pid for pid in pids() if os.getpgid(pid) == thing.pid and pid != thing.pid]

    kill(thing.pid)
    wait_for(lambda: not thing.is_running)

    wait_for(lambda: not is_alive(inner))
    assert thing.exit_code == -signal.SIGKILL
    thing.stop()


def test_a_child_outlives_the_thread_that_started_it(tmp_path):
    thing = child(tmp_path, "sleep", "60.03")

    starter = threading.Thread(target=thing.start)
    starter.start()
    starter.join()

    with pytest.raises(EmbeddedError):
        thing.wait_ready(lambda: False, timeout=0.2)
    assert thing.is_running
    thing.stop()


def test_a_child_dies_with_a_killed_supervisor(tmp_path):
    supervisor = start_elsewhere(tmp_path, "sleep", "60.04")
    sleeper = int(supervisor.stdout.readline())

    supervisor.kill()
    supervisor.wait()

    wait_for(lambda: not is_alive(sleeper))
    supervisor.stdout.close()


def test_a_leftover_of_a_killed_supervisor_is_ended_before_the_start(tmp_path):
    deaf = "import signal,time;signal.signal(15,signal.SIG_IGN);print('up',flush=True);time.sleep(60)"
    supervisor = start_elsewhere(tmp_path, sys.executable, "-c", deaf)
    leftover = int(supervisor.stdout.readline())
    wait_for(lambda: (tmp_path / "thing.log").read_text() == "up\n")
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    note = tmp_path / "run" / "thing.pid"
    (tmp_path / "other.pid").write_text(note.read_text())

    PidFile(tmp_path / "other.pid", mark="another command").end_leftover()
    assert is_alive(leftover)  # it ignored its parent's death, and a stranger's command line is spared
    thing = child(tmp_path, sys.executable, "-c", deaf)
    thing.start()

    assert not is_alive(leftover)
    assert thing.is_running
    thing.stop(timeout=0.1)


def test_a_stranger_with_a_reused_process_id_is_left_alone(tmp_path):
    stranger = subprocess.Popen(["sleep", "60.06"])
    note = tmp_path / "thing.pid"
    note.write_text(f'{{"pid": {stranger.pid}, "started": {started_at(stranger.pid) - 1}}}')

    PidFile(note, mark="60.06").end_leftover()

    assert stranger.poll() is None
    assert not note.exists()
    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "12", '{"pid": "x", "started": 1}', '{"pid": 1, "started": 0}']
)
def test_a_damaged_note_is_dropped(tmp_path, content):
    note = tmp_path / "thing.pid"
    note.write_text(content)

    PidFile(note, mark="").end_leftover()

    assert not note.exists()


def pids():
    return [pid for pid in command_lines() if is_alive(pid)]


def start_elsewhere(tmp_path, *argv):
    code = (
        "import sys,time,pathlib;from verbund.embedded.process import Child;"
        "d=pathlib.Path(sys.argv[1]);"
        "c=Child('thing',sys.argv[2:],run=d/'run',log=d/'thing.log',mark=' ');c.start();"
        "print(c.pid,flush=True);time.sleep(60)"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), *argv],
        stdout=subprocess.PIPE,
        env=environment(),
    )
