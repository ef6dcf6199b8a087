# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts a new municipality and the association start with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from verbund.public.addresses import is_association
from verbund.public.kinds import PageKind

_FOLDER = files("verbund.public").joinpath("texts")


def template_of(kind: PageKind) -> str:
    """The entered scope's text with its placeholders; empty where there is no template."""
    return _text(f"verband-{kind.value}.txt" if is_association() else f"{kind.value}.txt")


@cache
def _text(name: str) -> str:
    file = _FOLDER.joinpath(name)
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
