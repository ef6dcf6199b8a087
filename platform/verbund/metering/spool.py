# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts on disk until they are in the ledger: one folder per process, one file per second, written whole or not.

A process holds a lock on its folder while it lives. The folder of a dead one is adopted by another.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from verbund.kernel.ids import uuid7
from verbund.metering.ledger import Batch, Count

log = structlog.get_logger()

_LOCK = "lock"


class Spool:
    """The folder of one producer, locked for as long as this object is open."""

    def __init__(self, folder: Path, lock: int) -> None:
        self.folder = folder
        self.producer = folder.name
        self._lock = lock
        self._seq = 0

    @classmethod
    def open(cls, root: Path) -> Spool:
        """A new producer with an empty folder."""
        root.mkdir(parents=True, exist_ok=True)
        with _only_one(root):
            folder = root / str(uuid7())
            folder.mkdir()
            lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
        return cls(folder, lock)

    def write(self, counts: Sequence[Count]) -> Path:
        """Keep counts under the next number; when this returns, they survive a crash.

        Raises:
            OSError: they could not be kept, nothing is there and the number stays free.
        """
        content = "".join(_line(count) for count in counts).encode()
        head = {
            "producer": self.producer,
            "seq": self._seq + 1,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        path = self.folder / f"{self._seq + 1:012d}.jsonl"
        draft = path.with_suffix(".draft")
        with draft.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        # From here on the file counts: whatever fails now, it will be found and flushed.
        self._seq += 1
        _sync_folder(self.folder)
        return path

    def waiting(self) -> list[Path]:
        """Files not yet in the ledger, oldest first."""
        return sorted(self.folder.glob("*.jsonl"))

    def close(self) -> None:
        """Let go of the folder; an empty one disappears."""
        if not self.waiting():
            for path in self.folder.iterdir():
                path.unlink()
            self.folder.rmdir()
        os.close(self._lock)

    def forget(self) -> None:
        """In a forked child: the folder is the parent's, closing our copy does not unlock it."""
        os.close(self._lock)


def read(path: Path) -> Batch | None:
    """The batch in a file; None, and the file set aside, when its content is damaged."""
    try:
        return _parsed(path.read_bytes())
    except (ValueError, KeyError, TypeError):
        log.exception("metering.spool_damaged", file=f"{path.parent.name}/{path.name}")
        path.rename(path.with_suffix(".damaged"))
        return None


def _parsed(written: bytes) -> Batch:
    head, _, content = written.partition(b"\n")
    named = json.loads(head)
    digest = hashlib.sha256(content).digest()
    if digest.hex() != named["sha256"]:
        raise ValueError("checksum")
    counts = tuple(_count(line) for line in content.splitlines())
    return Batch(producer=str(UUID(named["producer"])), seq=int(named["seq"]), sha256=digest, counts=counts)


def adopt(root: Path) -> Iterator[Spool]:
    """Every folder whose process is gone, locked by us now; the caller flushes and closes it."""
    if not root.is_dir():
        return
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        with _only_one(root):
            lock = _lock_of_the_dead(folder)
        if lock is not None:
            yield Spool(folder, lock)


def _lock_of_the_dead(folder: Path) -> int | None:
    try:
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


@contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Between making a folder and locking it, nobody may take it for a dead process's."""
    lock = os.open(root / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _sync_folder(folder: Path) -> None:
    # Without it a power cut could forget the new name; a failure only loses that guarantee.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _line(count: Count) -> str:
    return json.dumps({**asdict(count), "hour": count.hour.isoformat()}, ensure_ascii=False) + "\n"


def _count(line: bytes) -> Count:
    values = json.loads(line)
    return Count(**{**values, "hour": datetime.fromisoformat(values["hour"])})
