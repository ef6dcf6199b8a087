# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Child processes that do one thing at a time when told: one JSON line in, one JSON line out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any

from bench.server import ROOT


class ChildFailed(RuntimeError):
    """A child ended or complained; its own words are on stderr."""


class Child:
    """One process of the bench. Only the one that was told works, the others wait at their input."""

    def __init__(self, module: str, environment: Mapping[str, str], *arguments: str) -> None:
        self.name = f"{module} {' '.join(arguments)} ({environment['DJANGO_SETTINGS_MODULE']})"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=dict(environment),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **order: Any) -> dict[str, Any]:
        """Give an order and wait for the answer.

        Raises:
            ChildFailed: the child ended instead.
        """
        try:
            print(json.dumps(order), file=self._input, flush=True)
        except BrokenPipeError:
            raise ChildFailed(f"{self.name} has ended") from None
        line = self._output.readline()
        if not line:
            raise ChildFailed(f"{self.name} ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """Close its input, which ends it."""
        with suppress(BrokenPipeError):
            self._input.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()

    @property
    def _input(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _output(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


def run_once(module: str, environment: Mapping[str, str], *arguments: str) -> str:
    """Run a module to its end; gives its output.

    Raises:
        ChildFailed: it ended with an error.
    """
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ChildFailed(f"{' '.join(command[1:])}\n{done.stdout}\n{done.stderr}")
    return done.stdout
