# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form in which somebody says what of a photo must be black."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.files.redaction import Box
from verbund.web.forms import Form

_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?", re.ASCII)
_PARTS, _ALL = 4, 100.0


class BoxesField(forms.CharField):
    """One box in each line: left, top, width, height in percent of the picture; blank lines do not count."""

    widget = forms.Textarea(attrs={"rows": 4, "data-boxes": ""})

    @override
    def clean(self, value: Any) -> list[Box]:
        lines = enumerate(str(super().clean(value) or "").splitlines(), start=1)
        return [_box(number, line) for number, line in lines if line.strip()]

    @override
    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(" ".join(f"{part:g}" for part in box) for box in value)


class RedactForm(Form):
    """Black boxes on one photo; none shows it as it came."""

    boxes = BoxesField(
        label=_("Schwarze Flächen"),
        help_text=_(
            "Eine Fläche je Zeile: Abstand von links, Abstand von oben, Breite, Höhe, in Prozent des Bildes. Zum Beispiel: 40 55 20 8"
        ),
        required=False,
        max_length=2000,
    )


def _box(number: int, line: str) -> Box:
    parts = re.split(r"[\s;]+", line.strip())
    if len(parts) != _PARTS or not all(_NUMBER.fullmatch(part) for part in parts):
        raise forms.ValidationError(
            _("Zeile %(number)s: Bitte schreiben Sie vier Zahlen, zum Beispiel 40 55 20 8.")
            % {"number": number}
        )
    left, top, width, height = (float(part.replace(",", ".")) for part in parts)
    if left >= _ALL or top >= _ALL:
        raise forms.ValidationError(
            _("Zeile %(number)s: Die Fläche liegt außerhalb des Bildes.") % {"number": number}
        )
    if not width or not height:
        raise forms.ValidationError(
            _("Zeile %(number)s: Breite und Höhe müssen größer als null sein.") % {"number": number}
        )
    return Box(left, top, min(width, _ALL - left), min(height, _ALL - top))
