# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an administrator writes for a mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.notify.texts import LONGEST_BODY, LONGEST_SUBJECT
from verbund.web.forms import Form


class MailTextForm(Form):
    """Subject and sentences; greeting and signature of the frame come by themselves."""

    subject = forms.CharField(label=_("Betreff"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
    )
