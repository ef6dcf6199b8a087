# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the account's own pages and of the administration of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.accounts.models import Person
from verbund.accounts.permissions import permissions_of
from verbund.accounts.roles import roles
from verbund.accounts.stays import homes
from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.web.forms import DateField, Form

_PASSWORD_HELP = _("Mindestens 12 Zeichen. Gut sind mehrere Wörter, die nichts miteinander zu tun haben.")


def _role_choices() -> list[tuple[str, str]]:
    return [(role.slug, str(role.label)) for role in roles()]


class NameForm(Form):
    is_about_the_reader = True
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("So erscheinen Sie in Vorgängen."))


class InviteForm(Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), help_text=_("An diese Adresse geht der Link zum Annehmen.")
    )
    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect)
    home = forms.TypedChoiceField(
        label=_("Aus welcher Kommune?"),
        help_text=_("Steht hinter dem Namen bei allem, was diese Person hier tut."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    ends_on = DateField(
        label=_("Letzter Tag"), help_text=_("Danach endet der Zugang von selbst."), required=False
    )
    sections = (
        ("", ("name", "email", "role")),
        (_("Nur für eine Vertretung aus einer anderen Kommune"), ("home", "ends_on")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _role_choices()  # type: ignore[attr-defined]  # a ChoiceField
        if not isinstance(context.current(), Municipality):
            # Nobody stands in for the association's own people from elsewhere.
            del self.fields["home"], self.fields["ends_on"]
            return
        self.fields["home"].choices = [("", _("keine Vertretung")), *homes()]  # type: ignore[attr-defined]  # a ChoiceField


class StayForm(Form):
    ends_on = DateField(label=_("Letzter Tag"), help_text=_("Danach endet der Zugang von selbst."))


class RoleForm(Form):
    role = forms.ChoiceField(label=_("Rolle"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _role_choices()  # type: ignore[attr-defined]  # a ChoiceField


class DeactivateForm(Form):
    successor = forms.TypedChoiceField(
        label=_("Offene Vorgänge übernimmt"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.active().exclude(pk=person.pk).order_by("sort_name", "pk")
        names = [(str(other.pk), other.name) for other in others]
        self.fields["successor"].choices = [("", _("niemand")), *names]  # type: ignore[attr-defined]  # a ChoiceField


class ResetFactorsForm(Form):
    reason = forms.CharField(
        label=_("Grund"),
        max_length=200,
        help_text=_("Zum Beispiel: Telefon verloren, persönlich vorgesprochen. Steht im Protokoll."),
    )


class PolicyForm(Form):
    requires_second_factor = forms.BooleanField(
        label=_("Alle brauchen einen zweiten Faktor"),
        required=False,
        help_text=_("Ohne Haken brauchen ihn nur Konten, deren Rolle ihn verlangt."),
    )


class TokenForm(Form):
    name = forms.CharField(label=_("Bezeichnung"), max_length=100, help_text=_("Wofür ist der Schlüssel?"))
    valid_until = DateField(label=_("Gültig bis"), required=False)
    scopes = forms.MultipleChoiceField(label=_("Rechte"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = permissions_of(person.role)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(permission), f"{spec.label}: {spec.permission_labels[permission]}")
            for spec in registry.all_specs()
            for permission in spec.permissions
            if permission in held
        ]


class AcceptForm(Form):
    """The first password. Its strength is checked by the service, which knows whose it is."""

    password = forms.CharField(
        label=_("Passwort"),
        help_text=_PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("Passwort wiederholen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("password") and cleaned.get("repeated") and cleaned["password"] != cleaned["repeated"]:
            self.add_error("repeated", _("Die beiden Passwörter sind nicht gleich."))
        return cleaned
