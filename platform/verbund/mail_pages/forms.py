# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an administrator writes for a mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from verbund.notify.models import MailServer, Security
from verbund.notify.servers import Wanted
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


class MailServerForm(Form):
    """Which server mail leaves by, and in whose name."""

    sections = (
        (_("Absender"), ("sender_address",)),
        (_("Server"), ("host", "port", "security")),
        (_("Anmeldung"), ("username", "password")),
    )

    sender_address = forms.EmailField(
        label=_("Absenderadresse"),
        help_text=_("Zum Beispiel buergerservice@heideblick.de. Rückläufer kommen in dieses Postfach."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    host = forms.CharField(
        label=_("Name des Servers"),
        max_length=253,
        help_text=_("Zum Beispiel smtp.heideblick.de"),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
                _("Bitte nur den Namen, ohne „https://“ und ohne Port."),
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=_("Verschlüsselung"),
        choices=Security.choices,
        initial=Security.STARTTLS,
        widget=forms.RadioSelect,
    )
    username = forms.CharField(
        label=_("Benutzername"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Passwort"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, server: MailServer | None = None, **kwargs: Any) -> None:
        if server is not None:
            kwargs["initial"] = {
                name: getattr(server, name)
                for name in ("sender_address", "host", "port", "security", "username")
            }
        super().__init__(*args, **kwargs)
        if server is not None and server.username:
            self.fields["password"].help_text = _("Leer: das Passwort bleibt, wie es ist.")

    def wanted(self) -> Wanted:
        """What a valid form says."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if name != "password"})
