# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The installation the faults happen to, and the switches of its parts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import requests
from typing_extensions import override

from tests.harness.services import ROOT
from tests.system.demo import Demo, wait_until
from verbund.embedded.process import die_with_parent

TOWNS = ("heideblick", "luckau")


class Station(Demo):
    """A demo with two municipalities and other settings."""

    def __init__(self, *, settings: dict[str, str] | None = None) -> None:
        super().__init__(only=TOWNS)
        # Of the application alone, so that its disk can be full without any other's.
        self.temporary = self.data.with_suffix(".tmp")
        self.temporary.mkdir()
        self.settings = {"TMPDIR": str(self.temporary), **(settings or {})}

    @override
    def wait_said(self, text: str, *, seconds: float = 400) -> None:
        """How long a start takes is no bar here, and the machine may have other work."""
        super().wait_said(text, seconds=seconds)

    @override
    def begin(self) -> None:
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.resilience.serve"],
                env=self.environment(TUNING=json.dumps({"settings": self.settings})),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                # A test run that is killed takes the installation along.
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 (one prctl call)
            )

    @override
    def remove(self) -> None:
        kept = os.environ.get("RESILIENCE_LOGS")
        if kept:
            shutil.copytree(self.data / "logs", kept, dirs_exist_ok=True)
        super().remove()
        shutil.rmtree(self.temporary, ignore_errors=True)

    @property
    def roles(self) -> dict[str, dict[str, str]]:
        """The environment of each kind of process."""
        return json.loads((self.data / "roles.json").read_text())

    @contextmanager
    def away(self, name: str, *, number: signal.Signals = signal.SIGKILL) -> Iterator[None]:
        """A service that has died and is not started again before the block ends."""
        self.supervisor.suspend()
        try:
            self.child(name).send_signal(number)
            yield
        finally:
            self.supervisor.resume()

    @contextmanager
    def hung(self, name: str) -> Iterator[None]:
        """A process that takes connections and says nothing."""
        tree = self.tree(name)
        for process in tree:
            process.suspend()
        try:
            yield
        finally:
            for process in tree:
                process.resume()

    def readiness(self) -> tuple[int, dict[str, str], float]:
        """Status, what each part says, and the seconds it took."""
        begun = time.monotonic()
        answer = requests.get(f"http://127.0.0.1:{self.port}/healthz/ready", timeout=20)
        return answer.status_code, answer.json()["parts"], time.monotonic() - begun

    def seconds_until_ready(self, *, limit: float) -> float:
        begun = time.monotonic()
        wait_until(self.is_ready, seconds=limit, every=0.1)
        return time.monotonic() - begun

    def web_processes(self) -> set[tuple[int, float]]:
        """Who serves: the same set afterwards means that nobody had to be restarted."""
        return {(process.pid, process.create_time()) for process in self.tree("web")}

    def front_page(self, slug: str) -> int:
        """The status of a municipality's first page."""
        host = f"{slug}.localhost:{self.port}"
        return requests.get(f"http://127.0.0.1:{self.port}/", headers={"Host": host}, timeout=30).status_code

    def town_api(self, slug: str) -> dict[str, Any]:
        town = self.municipality(slug)
        return {"token": town["api_token"], "lat": town["lat"], "lon": town["lon"]}


def of_process(pid: int) -> list[psutil.Process]:
    """A process with all it has started."""
    process = psutil.Process(pid)
    return [*process.children(recursive=True), process]


def is_root() -> bool:
    return os.geteuid() == 0
