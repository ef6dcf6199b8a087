# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office types about a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.accounts.api import PersonName
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Category, DefectsSettings, ReportPhoto
from verbund.modules.defects.queries import categories
from verbund.modules.defects.states import Need, State, Step
from verbund.web.forms import DateField, Form, GermanChoice, ModelForm
from verbund.web.wording import speak_plainly


class StepForm(Form):
    """One step, with exactly the fields it needs."""

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", step.target.lower())
        super().__init__(*args, **kwargs)
        self.step = step
        for name, field in _fields(step):
            speak_plainly(field)
            self.fields[name] = field

    @property
    def wanted(self) -> Wanted:
        """What the service is asked for."""
        return Wanted(
            state=self.step.target, **{name: value for name, value in self.cleaned_data.items() if value}
        )


class AnswerForm(Form):
    """A public sentence without a step."""

    answer = forms.CharField(
        label=_("Öffentliche Auskunft"),
        help_text=_("Alle können das lesen. Bitte keine Namen nennen."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AssigneeField(forms.TypedChoiceField):
    """Nobody is an answer too."""

    @override
    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class AssignForm(Form):
    """Who looks after it."""

    person = AssigneeField(label=_("Zuständig"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[PersonName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("niemand")), *((person.id, person.name) for person in people)]


class ReleaseForm(Form):
    """What everybody may see of the reporter's words and photos."""

    public_description = forms.CharField(
        label=_("Öffentlicher Text"),
        help_text=_(
            "Streichen Sie Namen, Kennzeichen und was andere Menschen betrifft. Leer: nicht öffentlich."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = forms.TypedMultipleChoiceField(
        label=_("Öffentliche Fotos"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, photos: Sequence[ReportPhoto], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["photos"]
        if not photos:
            del self.fields["photos"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (photo.pk, _("Foto %(number)s") % {"number": number})
                for number, photo in enumerate(photos, start=1)
            ]


class StaffFilter(Form):
    """The filter of the office's list, in German in the address."""

    q = forms.CharField(
        label=_("Suche"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kategorie = forms.ChoiceField(label=_("Kategorie"), required=False, widget=GermanChoice)
    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kategorie"]
        if isinstance(field, forms.ChoiceField):
            kinds = [(category.code, category.name) for category in categories()]
            field.choices = [("", _("Alle")), *kinds]


class SettingsForm(ModelForm):
    """Mailbox and promise of the municipality."""

    class Meta:
        model = DefectsSettings
        fields = ("mailbox", "answer_working_days")
        help_texts = {
            "mailbox": _("Hierhin schreiben wir bei jeder neuen Meldung. Leer: an die erste Administration."),
            "answer_working_days": _("So viele Arbeitstage versprechen Sie bis zur ersten Auskunft."),
        }


class CategoryForm(ModelForm):
    """What the municipality decides about one category."""

    class Meta:
        model = Category
        fields = ("mailbox", "is_active")
        help_texts = {"mailbox": _("Leer: das allgemeine Postfach für neue Meldungen.")}


def _fields(step: Step) -> list[tuple[str, forms.Field]]:
    found: list[tuple[str, forms.Field]] = []
    if Need.DATE in step.needs:
        found.append(("expected_on", DateField(label=_("Voraussichtlich am"))))
    if Need.BODY in step.needs:
        found.append(
            (
                "forwarded_to",
                forms.CharField(
                    label=_("Weiterleiten an"),
                    help_text=_("Zum Beispiel: Landesbetrieb Straßenwesen."),
                    max_length=200,
                ),
            )
        )
    if Need.ORIGINAL in step.needs:
        found.append(
            (
                "original",
                forms.CharField(
                    label=_("Nummer der anderen Meldung"),
                    help_text=_("Zum Beispiel M-2026-0042."),
                    max_length=20,
                ),
            )
        )
    if step.target is not State.HIDDEN:
        found.append(("answer", _answer_field(required=Need.ANSWER in step.needs)))
    if Need.REASON in step.needs:
        label = _("Grund (nur intern)")
        found.append(
            (
                "reason",
                forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})),
            )
        )
    return found


def _answer_field(*, required: bool) -> forms.Field:
    return forms.CharField(
        label=_("Öffentlicher Text"),
        help_text=_("Alle können das lesen; die meldende Person bekommt es als E-Mail."),
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
