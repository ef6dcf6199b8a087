# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose keys are to be renewed, and how far."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import Form

_ALL: Final = "*"


class KeysForm(Form):
    """The cleaned ``slug`` is empty for all."""

    slug = forms.ChoiceField(label=_("Wessen Schlüssel?"), initial=_ALL)
    with_data = forms.BooleanField(
        label=_("Auch alle Angaben neu verschlüsseln"),
        required=False,
        help_text=_("Nötig, wenn jemand Speicher oder Datenschlüssel gelesen haben könnte. Dauert länger."),
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug: Any = self.fields["slug"]
        slug.choices = [(_ALL, _("Alle")), *names]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        return "" if slug == _ALL else slug
