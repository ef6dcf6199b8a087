# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.agreements.models import Version
from verbund.kernel import clock
from verbund.web.forms import DateField, Form

_PDF = {"accept": "application/pdf,.pdf"}


class PublishForm(Form):
    """A new version for all members."""

    number = forms.CharField(
        label=_("Nummer der Fassung"), max_length=20, help_text=_("Zum Beispiel 2 oder 2026-1")
    )
    published_on = DateField(label=_("Veröffentlicht am"))
    deadline_days = forms.IntegerField(
        label=_("Frist in Tagen"),
        min_value=1,
        max_value=365,
        help_text=_("So lange haben Mitglieder mit einer älteren Fassung Zeit zuzustimmen."),
    )
    file = forms.FileField(
        label=_("Text der Vereinbarung"),
        help_text=_("PDF, höchstens 10 MB"),
        widget=forms.FileInput(attrs=_PDF),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"published_on": clock.today(), "deadline_days": 30})
        super().__init__(*args, **kwargs)


class RecordForm(Form):
    """What a member has signed on paper."""

    version = forms.TypedChoiceField(label=_("Fassung"), coerce=int)
    signed_on = DateField(label=_("Unterschrieben am"))
    signed_by = forms.CharField(label=_("Unterschrieben von"), max_length=150)
    signed_function = forms.CharField(
        label=_("Funktion"), max_length=120, help_text=_("Zum Beispiel Bürgermeisterin")
    )
    file = forms.FileField(
        label=_("Unterschriebene Vereinbarung"),
        help_text=_("PDF, höchstens 10 MB"),
        widget=forms.FileInput(attrs=_PDF),
    )

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.pk), version.number) for version in versions]
        self.fields["version"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class ConsentForm(Form):
    """Agreeing online, with a typed name instead of a signature."""

    function = forms.CharField(
        label=_("Ihre Funktion"), max_length=120, help_text=_("Zum Beispiel Bürgermeisterin")
    )
    name = forms.CharField(
        label=_("Ihr Name, als Unterschrift"),
        max_length=150,
        help_text=_("So wie er in Ihrem Konto steht."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_read = forms.BooleanField(
        label=_("Ich habe die Fassung gelesen und darf für die Kommune zustimmen."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie die Fassung gelesen haben.")},
    )


class StandingFilter(Form):
    """Which members are shown; the value stands in the address."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
