# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finance people fill in about payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.amounts import cents_of
from billing.readable import of_size
from billing.receivables.entry import LARGEST_BYTES
from verbund.web.forms import Form


class StatementForm(Form):
    """A statement of the bank."""

    file = forms.FileField(
        label=_("Kontoauszug"),
        help_text=_("camt.053 (XML) oder CSV, höchstens 20 MB. Was schon bekannt ist, wird übergangen."),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,text/xml,text/csv"}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )

    def clean_file(self) -> Any:
        return of_size(self.cleaned_data["file"], LARGEST_BYTES)


class AssignForm(Form):
    """To which document a payment goes, and how much of it."""

    number = forms.CharField(
        label=_("Beleg"), max_length=36, help_text=_("Die Nummer, zum Beispiel RE-2026-0001")
    )
    cents = forms.CharField(label=_("Betrag in Euro"), max_length=20)
    reason = forms.CharField(label=_("Grund"), max_length=500, required=False)

    def clean_cents(self) -> Any:
        found = cents_of(self.cleaned_data["cents"])
        if found is None:
            raise forms.ValidationError(_("Bitte geben Sie einen Betrag ein, zum Beispiel 1.234,50."))
        return found
