# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the office about offers to the archive."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.privacy.offers.models import Offer
from verbund.web.forms import Form


class DutyForm(Form):
    """Whether a kind is offered before it is deleted, and why."""

    is_offered = forms.BooleanField(label=_("Vor dem Löschen dem Archiv anbieten"), required=False)
    months = forms.IntegerField(
        label=_("Wie viele Monate hat das Archiv Zeit?"),
        help_text=_("Was es bis dahin nicht beantwortet, wird gelöscht. Üblich sind sechs."),
        min_value=1,
        max_value=24,
    )
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Zum Beispiel das Schreiben, mit dem das Archiv verzichtet. Steht im Protokoll."),
        max_length=500,
    )


class AnswerForm(Form):
    """Which records the archive takes; all others are released."""

    taken = forms.MultipleChoiceField(
        label=_("Das Archiv übernimmt"),
        help_text=_("Alles andere ist freigegeben und wird gelöscht."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, offer: Offer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taken"]
        field.choices = [(record.key, f"{record.key} – {record.subject}") for record in offer.records.all()]  # type: ignore[attr-defined]  # a choice field
