# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searches the memory of a running process, as whoever broke into it could."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

_CHUNK = 16 * 1024 * 1024
_OVERLAP = 256


def find_in_memory(pid: int, pattern: bytes) -> set[bytes]:
    """Everything in the writable memory of a process that matches (at most 256 bytes long)."""
    wanted = re.compile(pattern)
    found: set[bytes] = set()
    try:
        memory = Path(f"/proc/{pid}/mem").open("rb", buffering=0)  # noqa: SIM115 (closed below)
    except PermissionError:
        pytest.skip("This machine lets nobody look into the memory of processes (ptrace_scope).")
    with memory:
        for start, end in _writable(pid):
            for position in range(start, end, _CHUNK):
                with suppress(OSError, ValueError, OverflowError):  # given back meanwhile
                    memory.seek(position)
                    piece = memory.read(min(_CHUNK + _OVERLAP, end - position))
                    found.update(match[0] for match in wanted.finditer(piece))
    return found


def _writable(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights, *_rest = line.split()
        if rights.startswith("rw"):
            start, _dash, end = span.partition("-")
            yield int(start, 16), int(end, 16)
