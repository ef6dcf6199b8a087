# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the office about its ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.places.address_files import MOST_BYTES
from verbund.web.forms import Form


class AddressFileForm(Form):
    """A list of addresses to look at first."""

    file = forms.FileField(
        label=_("Datei mit Adressen"),
        help_text=_("CSV oder TXT, höchstens 20 MB. Amtliche Hauskoordinaten oder eine eigene Liste."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß. Höchstens 20 MB gehen."))
        return file
