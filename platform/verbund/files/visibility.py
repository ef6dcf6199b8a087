# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see a file: asked of the module that owns it; without an answer nobody may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from verbund.files.models import StoredFile
from verbund.kernel.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """`permission` opens the file for staff who hold it; empty: for nobody."""

    is_public: bool = False
    permission: str = ""


NOBODY = Visibility()


class FileVisibility(Protocol):
    """The port `FileVisibility.<module>`, offered by each module that owns files."""

    def __call__(self, file: StoredFile) -> Visibility: ...


def visibility_of(file: StoredFile) -> Visibility:
    """What the owner says; a module that is off says nothing."""
    module = file.owner.partition(".")[0]
    ask: FileVisibility | None = port(f"FileVisibility.{module}")  # type: ignore[assignment]  # the spec names such a callable
    return ask(file) if ask is not None else NOBODY
