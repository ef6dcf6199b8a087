# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What operators fill in: the search of members, and a new member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from tenants.models import STATE_LABELS, Kind
from tenants.onboarding_input import PROFILES, BodyInput, OnboardingInput, Problem, default_profile
from verbund.console.register_search import Found, name_of
from verbund.kernel import registry
from verbund.web.forms import Form
from verbund.web.rendering import ErrorList

MOST_BODIES = 40
BODIES = "bodies"


def module_choices() -> list[tuple[str, str]]:
    return [(spec.slug, str(spec.label)) for spec in registry.modules()]


class TenantFilter(Form):
    """Narrows the list of members; its values stand in the address."""

    q = forms.CharField(label=_("Suchen"), required=False, help_text=_("Name, Kürzel, AGS oder ARS"))
    zustand = forms.ChoiceField(label=_("Zustand"), required=False)
    modul = forms.ChoiceField(label=_("Modul"), required=False)
    sortierung = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[("name", _("Name")), ("neu", _("Neueste zuerst")), ("zustand", _("Zustand"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["zustand"]
        state.choices = [("", _("Alle")), *((state.value, label) for state, label in STATE_LABELS.items())]
        module: Any = self.fields["modul"]
        module.choices = [("", _("Alle")), *module_choices()]


class OnboardingForm(Form):
    """A new member; whether the values hold is decided by tenants, in one place for all entrances."""

    kind = forms.ChoiceField(label=_("Art"), choices=Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Ohne „Gemeinde“ oder „Stadt“, zum Beispiel Heideblick")
    )
    slug = forms.CharField(
        label=_("Kürzel"), max_length=60, help_text=_("Für Adressen und Befehle: a–z, 0–9 und Bindestrich")
    )
    ars = forms.CharField(
        label=_("Regionalschlüssel (ARS)"),
        max_length=12,
        required=False,
        help_text=_("Nur bei einem Amt nötig: 9 Ziffern"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    hosts = forms.CharField(
        label=_("Hosts"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Einer je Zeile; der erste steht in Links und E-Mails"),
    )
    admin_email = forms.EmailField(
        label=_("E-Mail-Adresse der ersten Administration"),
        help_text=_("Dorthin geht eine Einladung mit einem Link, der einmal gilt."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    profile = forms.ChoiceField(label=_("Vorlage der Texte"), widget=forms.RadioSelect)
    modules = forms.MultipleChoiceField(
        label=_("Module"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = {
            name: label
            for name, label in PROFILES.items()
            if name != "beispiel" or settings.VERBUND.mode != "production"
        }
        profile: Any = self.fields["profile"]
        profile.choices = list(profiles.items())
        profile.initial = default_profile()
        modules: Any = self.fields["modules"]
        modules.choices = module_choices()
        modules.initial = [slug for slug, _label in modules.choices]
        if not modules.choices:
            del self.fields["modules"]


class BodyForm(Form):
    """A Körperschaft the member's administration serves."""

    ags = forms.CharField(
        label=_("AGS"),
        max_length=8,
        help_text=_("8 Ziffern"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name der Gemeinde"), max_length=200, required=False, help_text=_("Leer: der amtliche Name")
    )

    def clean_name(self) -> str:
        """Without a name the official one counts."""
        given: str = self.cleaned_data["name"]
        return given or name_of(self.cleaned_data.get("ags", ""))


class BaseBodies(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's class takes no type at run time
    """The rows of municipalities: the first must be filled, empty rows below are passed over."""

    @override
    def add_fields(self, form: BodyForm, index: int | None) -> None:
        super().add_fields(form, index)
        is_first = index == 0
        form.fields["ags"].required = is_first
        form.empty_permitted = not is_first
        form.use_required_attribute = False

    @override
    def clean(self) -> None:
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            if values.get("name") and not values.get("ags") and not form.errors:
                form.add_error("ags", _("Zu „%(name)s“ fehlt der AGS.") % {"name": values["name"]})

    def filled(self) -> list[BodyInput]:
        return [
            BodyInput(ags=values["ags"].strip(), name=values.get("name", ""))
            for form in self.forms
            if (values := getattr(form, "cleaned_data", {})).get("ags")
        ]


def bodies_formset(
    data: Mapping[str, Any] | None = None, *, rows: Iterable[dict[str, str]] = (), extra: int = 0
) -> BaseBodies:
    """Rows with what was posted, or new ones with these values and some empty ones below."""
    made: Any = forms.formset_factory(
        BodyForm, formset=BaseBodies, extra=extra, max_num=MOST_BODIES, absolute_max=MOST_BODIES
    )
    # A formset hands its own class of errors to its forms; ours is the one KERN shows.
    shared = {"prefix": BODIES, "error_class": ErrorList}
    bound: BaseBodies = made(data, **shared) if data is not None else made(initial=list(rows), **shared)
    return bound


def onboarding_input(form: OnboardingForm, bodies: BaseBodies) -> OnboardingInput:
    """What both valid forms say."""
    values = form.cleaned_data
    return OnboardingInput(
        slug=values["slug"].strip(),
        name=values["name"].strip(),
        kind=values["kind"],
        ars=values["ars"].strip(),
        bodies=tuple(bodies.filled()),
        hosts=tuple(host.lower() for host in values["hosts"].split()),
        admin_email=values["admin_email"],
        profile=values["profile"],
        modules=tuple(values.get("modules", ())),
    )


def show_problems(problems: Iterable[Problem], form: OnboardingForm, bodies: BaseBodies) -> None:
    """Put each reason where it belongs: at its field, a municipality's at the row with its AGS."""
    names = {"host": "hosts"}
    for problem in problems:
        if problem.field == "body":
            row = next(
                (row for row in bodies.forms if _ags(row) and _ags(row) in problem.message), bodies.forms[0]
            )
            row.add_error("ags", problem.message)
            continue
        name = names.get(problem.field, problem.field)
        form.add_error(name if name in form.fields else None, problem.message)


def initial_of(found: Found) -> dict[str, Any]:
    """What the official list knows of a new member."""
    return {
        "kind": found.kind,
        "name": found.name,
        "slug": found.slug,
        "ars": found.ars,
        "hosts": f"{found.slug}.{settings.VERBUND.base_domain}",
    }


def _ags(row: BodyForm) -> str:
    return str(getattr(row, "cleaned_data", {}).get("ags", ""))
