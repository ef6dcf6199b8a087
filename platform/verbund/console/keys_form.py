# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose keys are to be renewed, and how far."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import Form


class KeysForm(Form):
    """``slug`` empty means all."""

    slug = forms.ChoiceField(label=_("Wessen Schlüssel?"), required=False)
    with_data = forms.BooleanField(
        label=_("Auch alle Angaben neu verschlüsseln"),
        required=False,
        help_text=_("Nötig, wenn jemand Speicher oder Datenschlüssel gelesen haben könnte. Dauert länger."),
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug: Any = self.fields["slug"]
        slug.choices = [("", _("Alle")), *names]
