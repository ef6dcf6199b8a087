# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody wants to hear of, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.subscriptions.areas import RADII, Area, Spot, spots_for
from verbund.subscriptions.models import Rhythm, Subscription
from verbund.subscriptions.services import Wish
from verbund.subscriptions.topics import active_topics
from verbund.web.forms import Form, HoneypotMixin, Section

_AROUND, _WHOLE = "umkreis", "ort"


class HitField(forms.ChoiceField):
    """Only asked for where an address may mean several places; an answer to an older question is no mistake."""

    @override
    def validate(self, value: str) -> None:
        return


class PointForm(forms.Form):
    """The point a link on another page names."""

    lat = forms.FloatField(min_value=-90, max_value=90)
    lon = forms.FloatField(min_value=-180, max_value=180)


class WishForm(Form):
    """Where, what and how often. An address that was found before is not looked up again."""

    sections: Sequence[Section] = (
        (_("Wo?"), ("where", "address", "hit", "radius_m")),
        (_("Was und wie oft?"), ("topics", "rhythm")),
    )

    where = forms.ChoiceField(
        label=_("Welches Gebiet?"),
        choices=[(_AROUND, _("Rund um eine Adresse")), (_WHOLE, _("Im ganzen Ort"))],
        widget=forms.RadioSelect,
        initial=_AROUND,
    )
    address = forms.CharField(
        label=_("Adresse"),
        help_text=_("Nur wenn es um die Umgebung einer Adresse geht. Zum Beispiel: Hauptstraße 12"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    hit = HitField(label=_("Welche Adresse meinen Sie?"), widget=forms.RadioSelect)
    radius_m = forms.TypedChoiceField(
        label=_("Umkreis"),
        choices=[(radius, f"{radius} m") for radius in RADII],
        coerce=int,
        initial=500,
    )
    topics = forms.MultipleChoiceField(
        label=_("Worüber möchten Sie etwas erfahren?"), widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=_("Wie oft sollen wir schreiben?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        initial=Rhythm.WEEKLY,
    )

    def __init__(self, *args: Any, row: Subscription | None = None, **kwargs: Any) -> None:
        self.row = row
        offered = active_topics()
        kwargs["initial"] = {"topics": list(offered), **_initial(row), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.wish: Wish | None = None
        _offer(self.fields["topics"], list(offered.items()))
        self.spots = self._spots()
        if len(self.spots) > 1:
            _offer(self.fields["hit"], [(spot.address, spot.address) for spot in self.spots])
        else:
            del self.fields["hit"]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        area = Area() if cleaned["where"] == _WHOLE else self._around(cleaned)
        if area is not None:
            self.wish = Wish(area=area, topics=tuple(cleaned["topics"]), rhythm=Rhythm(cleaned["rhythm"]))
        return cleaned

    def _around(self, cleaned: dict[str, Any]) -> Area | None:
        radius, row = cleaned["radius_m"], self.row
        if row is not None and row.radius_m is not None and cleaned["address"] == row.address:
            return Area(row.address, row.latitude, row.longitude, radius)
        chosen = self._chosen(cleaned)
        if chosen is None:
            return None
        return Area(chosen.address, round(chosen.latitude, 6), round(chosen.longitude, 6), radius)

    def _chosen(self, cleaned: dict[str, Any]) -> Spot | None:
        if not cleaned["address"]:
            self.add_error("address", _("Bitte geben Sie eine Adresse ein, oder wählen Sie den ganzen Ort."))
        elif not self.spots:
            self.add_error(
                "address",
                _(
                    "Diese Adresse kennen wir nicht. Versuchen Sie es nur mit der Straße, oder wählen Sie den ganzen Ort."
                ),
            )
        elif len(self.spots) == 1:
            return self.spots[0]
        else:
            chosen = next((spot for spot in self.spots if spot.address == cleaned["hit"]), None)
            if chosen is None:
                self.add_error("hit", _("Es gibt mehrere passende Adressen. Bitte wählen Sie eine aus."))
            return chosen
        return None

    def _spots(self) -> list[Spot]:
        if not self.is_bound or self.data.get("where") == _WHOLE:
            return []
        return spots_for(str(self.data.get("address", ""))[:200])


class AskForm(HoneypotMixin, WishForm):
    """The wish of somebody new, with the mailbox."""

    is_about_the_reader = True
    sections = (*WishForm.sections, (_("Wohin?"), ("email",)))

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Wir schicken Ihnen zuerst einen Link, mit dem Sie das Abonnement bestätigen."),
    )


def _initial(row: Subscription | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "where": _WHOLE if row.radius_m is None else _AROUND,
        "address": row.address,
        "radius_m": row.radius_m or 500,
        "topics": row.topics,
        "rhythm": row.rhythm,
    }


def _offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
