# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form with every kind of field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.web.forms import DateField, FilesField, Form, HoneypotMixin

KINDS = [
    ("", _("Bitte wählen")),
    ("light", _("Straßenlaterne")),
    ("hole", _("Schlagloch")),
    ("waste", _("Wilder Müll")),
]


class EveryField(HoneypotMixin, Form):
    """One field of each kind, some with hints."""

    sections = (
        (_("Was ist passiert?"), ("kind", "text", "photos", "seen_on")),
        (_("Wo ist es?"), ("address", "latitude", "longitude")),
        (_("Wie erreichen wir Sie?"), ("name", "email", "phone", "answer", "topics", "agreed")),
    )
    is_about_the_reader = True

    kind = forms.ChoiceField(label=_("Was möchten Sie melden?"), choices=KINDS)
    text = forms.CharField(label=_("Beschreibung"), widget=forms.Textarea, required=False, max_length=2000)
    photos = FilesField(
        label=_("Fotos"),
        required=False,
        accept="image/*",
        help_text=_("Bis zu 5 Bilder, jedes höchstens 20 MB."),
    )
    seen_on = DateField(label=_("Wann haben Sie es gesehen?"), required=False)
    address = forms.CharField(
        label=_("Adresse oder Ort"),
        help_text=_("Zum Beispiel: Hauptstraße 12."),
        error_messages={"required": _("Bitte geben Sie an, wo das ist.")},
    )
    latitude = forms.FloatField(label=_("Breite"), required=False)
    longitude = forms.FloatField(label=_("Länge"), required=False)
    name = forms.CharField(label=_("Name"), required=False)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), help_text=_("Wir schicken Ihnen den Stand Ihrer Meldung.")
    )
    phone = forms.CharField(label=_("Telefon"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    secret = forms.CharField(
        label=_("Passwort"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    answer = forms.ChoiceField(
        label=_("Wie sollen wir antworten?"),
        choices=[("mail", _("Per E-Mail")), ("none", _("Gar nicht"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Was interessiert Sie noch?"),
        help_text=_("Sie können mehreres wählen."),
        choices=[("council", _("Sitzungen")), ("plans", _("Bauleitpläne"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("Ich habe die Hinweise zum Datenschutz gelesen."))


class Filters(Form):
    """What stands over a list."""

    q = forms.CharField(label=_("Suchwort"), required=False)
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("alle")), ("open", _("offen")), ("done", _("erledigt"))],
    )
    kind = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("alle")), *KINDS[1:]])
