# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office types to give a report to another municipality, or back to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.exchange.api import Partner
from verbund.web.forms import Form


class HandoverForm(Form):
    """To whom, and whether the contact goes too; without a reporter there is nothing to ask."""

    partner = forms.TypedChoiceField(
        label=_("Zuständige Kommune"),
        help_text=_("Die nächstgelegene steht oben."),
        coerce=int,
    )
    with_contact = forms.BooleanField(
        label=_("Name, E-Mail und Telefon mitgeben"),
        help_text=_("Nur, wenn die Person zugestimmt hat oder es ohne sie nicht geht."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Grund, warum der Kontakt mitgeht"),
        help_text=_("Steht im Verlauf. Zum Beispiel: am Telefon zugestimmt."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, partners: Sequence[Partner], has_reporter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(partner.number, partner.name) for partner in partners]
        if not has_reporter:
            del self.fields["with_contact"], self.fields["reason"]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("with_contact") and not given.get("reason"):
            self.add_error("reason", _("Bitte nennen Sie den Grund, warum der Kontakt mitgeht."))
        return given


class HandbackForm(Form):
    """Why it is not ours either."""

    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Liest nur die Verwaltung, die abgegeben hat."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
