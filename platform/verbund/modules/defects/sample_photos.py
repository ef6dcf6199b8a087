# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures for the demo's reports, drawn by code: nobody's photo, nobody's house, always the same for a seed."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from random import Random
from types import MappingProxyType

from verbund.modules.defects import sample_motifs_green as green
from verbund.modules.defects import sample_motifs_street as street
from verbund.modules.defects.sample_scenery import Scene

MOTIFS: MappingProxyType[str, Callable[[Scene], None]] = MappingProxyType(
    {
        "street-lamp": street.street_lamp,
        "pothole": street.pothole,
        "drain": street.drain,
        "sign": street.sign,
        "pavement": street.pavement,
        "waste": green.waste,
        "branch": green.branch,
        "bench": green.bench,
        "graffiti": green.graffiti,
        "path": green.path,
        "swing": green.swing,
    }
)
VARIANTS = 3  # different pictures per motif; more would only make the demo's start longer
_QUALITIES = (82, 74, 64, 52, 40)
_MAX_BYTES = 120_000

PHOTO_KINDS = tuple(MOTIFS)


def sample_photo(kind: str, seed: int = 0) -> bytes:
    """A JPEG of 1200 by 900 pixels below 120 kB showing the motif; ``seed`` chooses among a few.

    Raises:
        KeyError: there is no such motif; see PHOTO_KINDS.
    """
    return _drawn(kind, seed % VARIANTS)


@lru_cache(maxsize=len(MOTIFS) * VARIANTS)
def _drawn(kind: str, variant: int) -> bytes:
    scene = Scene(Random(f"{kind}-{variant}"))  # noqa: S311 -- repeatable on purpose, nothing secret hangs on it
    MOTIFS[kind](scene)
    image = scene.finished()
    content = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True)
        content = buffer.getvalue()
        if len(content) < _MAX_BYTES:
            break
    return content
