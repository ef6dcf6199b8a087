# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the citizen's status page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import Form, HoneypotMixin


class AskForm(HoneypotMixin, Form):
    """Number and address: both together find somebody's cases, neither alone."""

    is_about_the_reader = True

    reference = forms.CharField(
        label=_("Nummer"), help_text=_("Steht in unserer Nachricht, zum Beispiel M-2026-0042"), max_length=30
    )
    email = forms.EmailField(label=_("E-Mail-Adresse"), help_text=_("Mit der Sie sich gemeldet haben"))


class ReplyForm(Form):
    """An answer to the office."""

    text = forms.CharField(label=_("Ihre Antwort"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
