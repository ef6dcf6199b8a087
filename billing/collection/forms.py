# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finance people fill in about direct debits; whether it holds is decided by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.collection.models import NAME_LENGTH, REFERENCE_LENGTH, Scheme
from verbund.web.forms import DateField, Form

_IBAN_LENGTH = 42  # with the blanks people type


class CreditorForm(Form):
    """The association's account and creditor identifier."""

    name = forms.CharField(label=_("Kontoinhaber"), max_length=NAME_LENGTH)
    iban = forms.CharField(label=_("IBAN"), max_length=_IBAN_LENGTH)
    identifier = forms.CharField(
        label=_("Gläubiger-Identifikationsnummer"),
        max_length=35,
        help_text=_("Die Bundesbank vergibt sie; sie beginnt mit DE."),
    )


class MandateForm(Form):
    """A mandate as it was signed."""

    slug = forms.ChoiceField(label=_("Kommune"))
    reference = forms.CharField(
        label=_("Mandatsreferenz"), max_length=REFERENCE_LENGTH, help_text=_("Sie bleibt für immer bei diesem Mandat.")
    )  # fmt: skip
    scheme = forms.ChoiceField(label=_("Verfahren"), choices=Scheme.choices)
    signed_on = DateField(label=_("Unterschrieben am"))
    iban = forms.CharField(
        label=_("IBAN"), max_length=_IBAN_LENGTH, help_text=_("Wird verschlüsselt gespeichert.")
    )
    holder = forms.CharField(
        label=_("Kontoinhaber"), max_length=NAME_LENGTH, required=False, help_text=_("Leer: der Name der Kommune")
    )  # fmt: skip

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["slug"]
        field.choices = members


class EndForm(Form):
    """The last day of a mandate."""

    on = DateField(label=_("Endet am"))


class CollectForm(Form):
    """The day on which the bank collects."""

    collect_on = DateField(label=_("Tag des Einzugs"))


class ReturnForm(Form):
    """A debit the bank gave back."""

    number = forms.CharField(
        label=_("Beleg"), max_length=36, help_text=_("Die Nummer, zum Beispiel RE-2026-0001")
    )
