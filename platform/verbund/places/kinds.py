# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a place can be, and the numbers places go by: `O-0042`."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

_REFERENCE = re.compile(r"(?:O[\s-]*)?([0-9]{1,12})", re.IGNORECASE | re.ASCII)


class PlaceKind(models.TextChoices):
    """Assets are what the municipality looks after and can put a label on."""

    ASSET = "asset", _("Objekt")
    AREA = "area", _("Fläche")
    POINT = "point", _("Punkt")
    ADDRESS = "address", _("Adresse")


def format_reference(number: int) -> str:
    """`O-0042`; it grows beyond four digits when it has to."""
    return f"O-{number:04d}"


def parse_reference(text: str) -> int | None:
    """The number in what somebody typed or scanned: `O-0042`, `o 42`, `42`."""
    match = _REFERENCE.fullmatch(text.strip())
    return int(match[1]) if match else None
