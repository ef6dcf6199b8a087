# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Form fields for steps that weigh: a reason for the record, and the short name typed out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import Form

LONGEST_REASON = 500


class ReasonField(forms.CharField):
    """Why somebody does this; it stands in the audit record, so it names nobody."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Grund"))
        kwargs.setdefault("help_text", _("Steht im Protokoll. Bitte nennen Sie keine Personen."))
        kwargs.setdefault("max_length", LONGEST_REASON)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)


class ReasonForm(Form):
    """A step that wants a reason."""

    reason = ReasonField()


class SlugConfirmation(Form):
    """A step that cannot be taken back: the reader types the short name of what it concerns."""

    confirmation = forms.CharField(
        label=_("Kürzel zur Bestätigung"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug
        self.fields["confirmation"].help_text = _("Bitte tippen Sie „%(slug)s“ ab.") % {"slug": slug}

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed.strip() != self.slug:
            raise ValidationError(
                _("Das ist nicht das Kürzel. Bitte tippen Sie „%(slug)s“ ab."), params={"slug": self.slug}
            )
        return self.slug


class DestructiveForm(SlugConfirmation):
    """Both: the short name and a reason."""

    reason = ReasonField()
    field_order = ("reason", "confirmation")
