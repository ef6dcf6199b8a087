# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts a new municipality starts with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from verbund.public.kinds import PageKind

_FOLDER = files("verbund.public").joinpath("texts")


@cache
def template_of(kind: PageKind) -> str:
    """The text with its placeholders; empty where there is no template."""
    file = _FOLDER.joinpath(f"{kind.value}.txt")
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
