# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starts everything, shows what it does, prints addresses and logins, and stops everything again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from verbund.config.demo.announce import announce
from verbund.config.demo.choice import UnknownMember, chosen_slugs
from verbund.config.demo.processes import applications, environments
from verbund.embedded.errors import EmbeddedError
from verbund.embedded.installation import Installation
from verbund.embedded.process import die_with_parent
from verbund.embedded.supervisor import Event, Supervisor

ROOT = Path(__file__).resolve().parents[4]
_READY_WITHIN = 60.0
_INTERRUPTED = 130  # as shells say it


def run(_arguments: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM; DATA and PORT of the environment say where, ONLY with whom."""
    console = Console()
    data = Path(os.environ.get("DATA") or ".demo")
    try:
        chosen_slugs()
        installation = Installation(data, port=_port(os.environ.get("PORT") or "8000"))
        supervisor = Supervisor(installation, on_event=lambda event: _show(console, event))
        return _serve(console, supervisor)
    except (EmbeddedError, DemoFailed, UnknownMember) as error:
        console.print(f"[bold red]{error}[/]")
        return 1
    except KeyboardInterrupt:
        console.print("Abgebrochen; alles ist beendet. Der nächste Start macht dort weiter.")
        return _INTERRUPTED


class DemoFailed(Exception):
    """The demo cannot go on; the text is one sentence for people."""


def _serve(console: Console, supervisor: Supervisor) -> int:
    installation = supervisor.installation
    try:
        with _progress(console) as progress:
            task = progress.add_task("PostgreSQL, OpenBao, Valkey und Postfach starten", total=None)
            supervisor.start()
            roles = environments(installation)
            progress.update(task, description="Dienste laufen", total=1, completed=1)
            _fill(progress, roles["cli"])
            task = progress.add_task("Web, Worker und Zeitplan starten", total=None)
            for application in applications(installation, roles):
                supervisor.add(application)
            _wait_ready(supervisor, installation.ports["public"])
            progress.update(task, description="Verbund ist bereit", total=1, completed=1)
        announce(console, installation.data / "demo-access.json")
    except BaseException:
        supervisor.stop()
        raise
    supervisor.run()
    console.print("Alles ist beendet. Die Daten bleiben für den nächsten Start.")
    return 0


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 65_535:  # noqa: PLR2004 (the highest TCP port)
        raise DemoFailed(f"PORT={text} ist keine Portnummer zwischen 1 und 65535.")
    return int(text)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _fill(progress: Progress, environment: Mapping[str, str]) -> None:
    """Run the part that needs Django in a process of its own, which ends with us, and show its progress."""
    errors = Path(environment["VERBUND_DATA"]) / "logs" / "fill.log"
    with (
        open(errors, "w", encoding="utf-8", opener=_for_us_alone) as log,
        subprocess.Popen(
            [sys.executable, "-m", "verbund.config.demo.fill"],
            env={**os.environ, **environment},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            umask=0o077,
            # Ctrl-C reaches us alone; what is half done is taken up by the next start.
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509 (one prctl call, nothing that locks)
        ) as child,
    ):
        try:
            _show_steps(progress, child.stdout or ())
        except BaseException:
            child.kill()
            raise
    if child.returncode != 0:
        last = errors.read_text(encoding="utf-8").strip().splitlines()[-1:] or ["ohne Meldung"]
        raise DemoFailed(f"Die Einrichtung ist gescheitert: {last[0]} (ausführlich: {errors})")


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _show_steps(progress: Progress, lines: Iterable[str]) -> None:
    tasks: dict[str, TaskID] = {}
    for line in lines:
        step = json.loads(line)
        name, total = step["name"], step["total"] or 1
        if name not in tasks:
            tasks[name] = progress.add_task(name, total=total)
            if not progress.console.is_terminal:  # bars are drawn on terminals only
                progress.console.print(f"{name} …")
        progress.update(tasks[name], completed=step["done"], total=total)


def _wait_ready(supervisor: Supervisor, port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        supervisor.check()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=5) as response:
                if response.status == 200:  # noqa: PLR2004 (HTTP OK)
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise DemoFailed(
        f"Die Webseite antwortet nicht. Die Protokolle liegen in {supervisor.installation.logs}."
    )


def _show(console: Console, event: Event) -> None:
    if event.kind == "died":
        console.print(f"[yellow]{event.name} ist ausgefallen und wird neu gestartet.[/] {event.detail}")
    elif event.kind == "restarted":
        console.print(f"[green]{event.name} läuft wieder.[/]")
