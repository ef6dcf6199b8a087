# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the PDFs lie: in the association's folder of the file store, sealed with its key, each for its own name.

MEDIA_ROOT/association/agreements/<two letters>/<random name>.pdf.sealed
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from verbund.agreements.errors import Damaged, NotAPdf, PdfTooLarge, StorageFailed
from verbund.files.storage import folder
from verbund.kernel import context
from verbund.kernel.context import ASSOCIATION
from verbund.vault.api import seal, unseal
from verbund.vault.errors import Unreadable

LARGEST_BYTES = 10 * 1024 * 1024
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file and what it is recognised by."""

    file_id: UUID
    sha256: str
    size_bytes: int


@contextmanager
def kept(content: bytes) -> Iterator[Stored]:
    """Keep a PDF while the block records it; a block that fails leaves nothing behind.

    Raises:
        NotAPdf, PdfTooLarge, StorageFailed: with a sentence for the reader.
    """
    _check(content)
    stored = Stored(uuid4(), sha256(content).hexdigest(), len(content))
    _write(stored.file_id, content)
    try:
        yield stored
    except BaseException:
        _path(stored.file_id).unlink(missing_ok=True)
        raise


def content_of(file_id: UUID, expected: str) -> bytes:
    """The PDF with that SHA-256; the association must be entered.

    Raises:
        Damaged: it is gone or was changed.
    """
    try:
        sealed = _path(file_id).read_bytes()
        content = base64.b64decode(unseal(sealed, purpose=_purpose(file_id)), validate=True)
    except (OSError, ValueError, Unreadable) as error:
        raise Damaged from error
    if sha256(content).hexdigest() != expected:
        raise Damaged
    return content


def remove(file_id: UUID) -> None:
    """Delete a PDF; one that is gone already is no error. The association must be entered."""
    _path(file_id).unlink(missing_ok=True)


def _check(content: bytes) -> None:
    """Whether it is a whole PDF: its head, and where its table of contents begins, at its end."""
    if len(content) > LARGEST_BYTES:
        raise PdfTooLarge(fields={"file": PdfTooLarge().message})
    tail = content[-_TAIL:]
    if not content.startswith(b"%PDF-") or b"startxref" not in tail or b"%%EOF" not in tail:
        raise NotAPdf(fields={"file": NotAPdf().message})


def _write(file_id: UUID, content: bytes) -> None:
    sealed = seal(base64.b64encode(content).decode("ascii"), purpose=_purpose(file_id))
    target = _path(file_id)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as handle:
            handle.write(sealed)
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).replace(target)
    except OSError as error:
        raise StorageFailed from error


def _path(file_id: UUID) -> Path:
    if context.current() != ASSOCIATION:
        raise context.NoContext
    return folder(ASSOCIATION.key) / "agreements" / file_id.hex[:2] / f"{file_id.hex}.pdf.sealed"


def _purpose(file_id: UUID) -> str:
    """A sealed file that was put under another's name does not open."""
    return f"agreements.file.{file_id.hex}"
