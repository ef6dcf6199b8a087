# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which members somebody looks after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant
from verbund.web.forms import Form


class ReachForm(Form):
    tenants = forms.TypedMultipleChoiceField(
        label=_("Nur diese Kommunen"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl betreut die Person alle Kommunen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Tenant.objects.order_by("sort_key").values_list("number", "name")
        self.fields["tenants"].choices = [(str(number), name) for number, name in rows]  # type: ignore[attr-defined]  # a ChoiceField
