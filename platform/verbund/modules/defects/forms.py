# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of a citizen's report as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.files.api import LARGEST_BYTES
from verbund.modules.defects import placing
from verbund.modules.defects.drafting import MOST_PHOTOS, Contents
from verbund.modules.defects.labels import LIGHT_LABELS
from verbund.modules.defects.models import Category
from verbund.modules.defects.queries import categories
from verbund.modules.defects.states import Light
from verbund.web.forms import FilesField, Form, GermanChoice, HoneypotMixin

_PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class AddressField(forms.CharField):
    """Asked for, but not without alternative: the form itself checks that there is an address or a point."""

    @override
    def validate(self, value: str) -> None:
        self.run_validators(value)


class HitField(forms.ChoiceField):
    """Only asked for where an address may mean several places; no answer, or one to an older question, is no mistake."""

    @override
    def validate(self, value: str) -> None:
        return


class PlaceForm(Form):
    """An address, or a point of the map. What was chosen last counts."""

    address = AddressField(
        label=_("Adresse oder Straße"),
        help_text=_("Zum Beispiel: Hauptstraße 12. Oder wählen Sie die Stelle auf der Karte."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    hit = HitField(
        label=_("Welche Adresse meinen Sie?"),
        help_text=_("Wir haben mehrere gefunden. Bitte wählen Sie eine aus."),
        widget=forms.RadioSelect,
    )
    place_note = forms.CharField(
        label=_("Ort genauer beschreiben"),
        help_text=_("Zum Beispiel: gegenüber der Bushaltestelle, hinter dem Spielplatz."),
        max_length=300,
        required=False,
    )
    latitude = forms.FloatField(
        required=False, widget=forms.HiddenInput, min_value=-90, max_value=90, localize=False
    )
    longitude = forms.FloatField(
        required=False, widget=forms.HiddenInput, min_value=-180, max_value=180, localize=False
    )

    def __init__(self, *args: Any, contents: Contents, **kwargs: Any) -> None:
        self.contents = contents
        kwargs["initial"] = {
            "address": contents.address,
            "place_note": contents.place_note,
            "latitude": _degrees(contents.latitude),
            "longitude": _degrees(contents.longitude),
        }
        super().__init__(*args, **kwargs)
        self.spot: placing.Spot | None = None
        self._offer(self._spots())

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        self.spot = self._chosen(cleaned)
        if self.spot is not None and not placing.is_inside(self.spot.latitude, self.spot.longitude):
            self.add_error(
                "address",
                _(
                    "Dieser Ort liegt nicht in unserem Gebiet. Bitte wählen Sie eine Stelle innerhalb der Grenze."
                ),
            )
            # Otherwise the refused point would win over an address that is typed now.
            self.data = {**dict(self.data.items()), "latitude": "", "longitude": ""}
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> placing.Spot | None:
        address, point = cleaned["address"].strip(), (cleaned["latitude"], cleaned["longitude"])
        known = (_rounded(self.contents.latitude), _rounded(self.contents.longitude))
        if None not in point and (_rounded(point[0]), _rounded(point[1])) != known:
            return placing.Spot(point[0], point[1], placing.address_near(*point))
        if None not in point and address == self.contents.address and address:
            return placing.Spot(point[0], point[1], address)
        return self._searched(address, cleaned["hit"])

    def _searched(self, address: str, hit: str) -> placing.Spot | None:
        if not address:
            self.add_error(
                "address", _("Bitte geben Sie eine Adresse ein oder wählen Sie die Stelle auf der Karte.")
            )
        elif not self.spots:
            self.add_error(
                "address",
                _(
                    "Diese Adresse kennen wir nicht. Versuchen Sie es nur mit der Straße, oder nutzen Sie die Karte."
                ),
            )
        elif len(self.spots) == 1:
            return self.spots[0]
        else:
            chosen = next((spot for spot in self.spots if spot.address == hit), None)
            self.has_choice = chosen is None
            return chosen
        return None

    def _spots(self) -> list[placing.Spot]:
        typed = str(self.data.get("address", "")).strip() if self.is_bound else ""
        return placing.spots_for(typed) if typed and typed != self.contents.address else []

    def _offer(self, spots: list[placing.Spot]) -> None:
        """Ask which one was meant, only where there is a choice."""
        self.spots = spots
        self.has_choice = False
        field = self.fields["hit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(spot.address, spot.address) for spot in spots]


class WhatForm(HoneypotMixin, Form):
    """Category, words, photos."""

    category = forms.ChoiceField(label=_("Was möchten Sie melden?"), widget=forms.RadioSelect)
    description = forms.CharField(
        label=_("Was ist kaputt oder gefährlich?"),
        help_text=_("Bitte nennen Sie hier keine Namen und keine Autokennzeichen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = FilesField(
        label=_("Fotos"),
        help_text=_("Bis zu 5 Fotos, je höchstens 10 MB. Aufnahmeort und Gerät löschen wir aus den Fotos."),
        required=False,
        most=MOST_PHOTOS,
        largest=LARGEST_BYTES,
        accept=_PHOTO_TYPES,
    )

    def __init__(self, *args: Any, contents: Contents, **kwargs: Any) -> None:
        kwargs["initial"] = {"category": contents.category, "description": contents.description}
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(category.code, _choice(category)) for category in categories()]
        self.fields["photos"].widget.attrs["multiple"] = True


class ContactForm(Form):
    """Everything here is optional."""

    is_about_the_reader = True

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Dann schreiben wir Ihnen, was aus Ihrer Meldung wird."),
        max_length=254,
        required=False,
    )
    name = forms.CharField(label=_("Ihr Name"), max_length=150, required=False)
    phone = forms.CharField(
        label=_("Telefon"), help_text=_("Falls wir eine Rückfrage haben."), max_length=40, required=False
    )

    def __init__(self, *args: Any, contents: Contents, **kwargs: Any) -> None:
        kwargs["initial"] = {"email": contents.email, "name": contents.name, "phone": contents.phone}
        super().__init__(*args, **kwargs)


class PublicFilter(forms.Form):
    """The filter of the public list, in German in the address."""

    stand = forms.ChoiceField(label=_("Stand"), required=False)
    kategorie = forms.ChoiceField(label=_("Kategorie"), required=False, widget=GermanChoice)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lights = [(light.value, LIGHT_LABELS[light]) for light in Light]
        self.fields["stand"].choices = [("", _("Alle")), *lights]  # type: ignore[attr-defined]  # a ChoiceField
        kinds = [(category.code, category.name) for category in categories()]
        self.fields["kategorie"].choices = [("", _("Alle")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def light(self) -> Light | None:
        """The chosen light; a value nobody offered counts as none."""
        value = self.data.get("stand", "")
        return Light(value) if value in set(Light) else None

    @property
    def category(self) -> str:
        value = str(self.data.get("kategorie", ""))
        offered = dict(self.fields["kategorie"].choices)  # type: ignore[attr-defined]  # a ChoiceField
        return value if value in offered else ""

    @property
    def query(self) -> str:
        """What is chosen, as part of an address."""
        chosen = {"stand": self.light or "", "kategorie": self.category}
        return urlencode({name: value for name, value in chosen.items() if value})


def _choice(category: Category) -> SafeString:
    return format_html(
        '<span lang="de">{}<span class="df-choice__hint">{}</span></span>',
        category.name,
        category.description,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
