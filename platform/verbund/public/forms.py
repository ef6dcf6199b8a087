# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What citizens and authors of the texts fill in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.public.addresses import is_association
from verbund.public.models import ContactDetails
from verbund.public.services import LONGEST
from verbund.web.forms import Form, HoneypotMixin, ModelForm


class BarrierFeedbackForm(HoneypotMixin, Form):
    """Somebody met a barrier; who they are is up to them."""

    is_about_the_reader = True
    sections = (
        (_("Ihre Rückmeldung"), ("address", "message")),
        (_("Wenn Sie eine Antwort möchten"), ("name", "email")),
    )

    address = forms.CharField(
        label=_("Auf welcher Seite?"),
        help_text=_("Adresse oder Name der Seite"),
        max_length=500,
        required=False,
    )
    message = forms.CharField(
        label=_("Was hat nicht funktioniert?"),
        help_text=_("Zum Beispiel: Ein Feld ließ sich mit der Tastatur nicht erreichen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    email = forms.EmailField(label=_("E-Mail-Adresse"), required=False)


class AnswerForm(Form):
    """The office's answer to feedback on a barrier."""

    text = forms.CharField(label=_("Ihre Antwort"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    is_last = forms.BooleanField(label=_("Damit ist die Rückmeldung erledigt"), required=False, initial=True)


class PageForm(Form):
    """The text of a page."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )


class ContactForm(ModelForm):
    """How the administration is reached."""

    sections = (
        (_("Anschrift"), ("organisation", "street_address", "postal_code", "town")),
        (_("Erreichbarkeit"), ("phone", "email")),
        (_("Verantwortung"), ("represented_by", "data_protection_email")),
    )

    class Meta:
        model = ContactDetails
        fields = (
            "organisation",
            "street_address",
            "postal_code",
            "town",
            "phone",
            "email",
            "represented_by",
            "data_protection_email",
        )
        help_texts: ClassVar[dict[str, object]] = {
            "email": _("Hierhin schicken wir auch Rückmeldungen zur Barrierefreiheit."),
            "represented_by": _("Zum Beispiel: Bürgermeisterin Erika Mustermann"),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if is_association():
            self.fields["email"].label = _("E-Mail-Adresse des Verbands")
            self.fields["represented_by"].help_text = _("Zum Beispiel: Verbandsvorsteherin Erika Mustermann")
        else:
            del self.fields["organisation"]  # the registry knows it
