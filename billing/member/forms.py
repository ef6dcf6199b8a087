# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which year the page about one's own costs shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import Form


class YearChoice(Form):
    """The value stands in the address."""

    jahr = forms.TypedChoiceField(label=_("Jahr"), coerce=int, required=False)

    def __init__(self, *, year: int, years: Sequence[int]) -> None:
        super().__init__({"jahr": str(year)})
        field: Any = self.fields["jahr"]
        field.choices = [(str(one), str(one)) for one in years]
