# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the office about its places and its ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from shapely import wkb
from shapely.geometry.base import BaseGeometry
from typing_extensions import override

from verbund.places.address_files import MOST_BYTES
from verbund.places.finding import Wanted
from verbund.places.kinds import PlaceKind
from verbund.places.models import Place
from verbund.places.placing import PlaceInput
from verbund.places.ports import geocoder
from verbund.places.shapes import BadShape, parse_geojson, point, read_geometry
from verbund.web.forms import Form

_MOST_OUTLINE = 5_000_000
_RETIRED = "stillgelegt"


class AddressFileForm(Form):
    """A list of addresses to look at first."""

    file = forms.FileField(
        label=_("Datei mit Adressen"),
        help_text=_("CSV oder TXT, höchstens 20 MB. Amtliche Hauskoordinaten oder eine eigene Liste."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß. Höchstens 20 MB gehen."))
        return file


class BoundaryFileForm(Form):
    """Exact outlines to look at first."""

    file = forms.FileField(
        label=_("Datei mit der Grenze"),
        help_text=_("GeoJSON in Grad (WGS 84), höchstens 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        error_messages={"empty": _("Die Datei ist leer.")},
    )


class SourceForm(Form):
    """Whose data an outline is."""

    source = forms.CharField(
        label=_("Quellenvermerk"),
        max_length=200,
        help_text=_("Steht an der Karte, zum Beispiel © GeoBasis-DE/LGB, dl-de/by-2-0"),
    )


class PlaceFilter(forms.Form):
    """Narrows the list of places; its values stand in the address."""

    q = forms.CharField(label=_("Suchen"), required=False, help_text=_("Nummer, Name, Art oder Lage"))
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[("", _("Alle")), *PlaceKind.choices])
    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[("", _("In Betrieb")), (_RETIRED, _("Stillgelegt"))]
    )

    @property
    def wanted(self) -> Wanted:
        """What is chosen; values nobody offered count as none."""
        return Wanted(
            text=str(self.data.get("q", "")),
            kind=str(self.data.get("art", "")),
            is_retired=self.data.get("stand") == _RETIRED,
        )

    @property
    def query(self) -> str:
        """What is chosen, as part of an address."""
        wanted = self.wanted
        values = {"q": wanted.text, "art": wanted.kind, "stand": _RETIRED if wanted.is_retired else ""}
        return urlencode({name: value for name, value in values.items() if value})


class PlaceForm(Form):
    """A place. Its position comes from a file with an outline, from two numbers, or from its address."""

    sections = (
        (_("Was ist es?"), ("kind", "name", "category", "description", "is_public", "internal_note")),
        (_("Wo ist es?"), ("address", "latitude", "longitude", "outline")),
    )

    kind = forms.ChoiceField(label=_("Art"), choices=PlaceKind.choices, initial=PlaceKind.ASSET)
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Zum Beispiel: Bank an der Linde"))
    category = forms.CharField(
        label=_("Gattung"),
        max_length=60,
        required=False,
        help_text=_("Zum Beispiel: Bank, Laterne, Spielplatz"),
    )
    description = forms.CharField(
        label=_("Beschreibung"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_public = forms.BooleanField(
        label=_("Öffentlich: Wer den Code scannt, sieht Name, Lage und Beschreibung."), required=False
    )
    internal_note = forms.CharField(
        label=_("Interne Notiz"),
        help_text=_("Nur für die Verwaltung, ohne Angaben über Personen"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    address = forms.CharField(
        label=_("Lage"),
        max_length=200,
        required=False,
        help_text=_("Straße und Hausnummer, oder in Worten. Ohne Koordinaten gilt die Stelle der Adresse."),
    )
    latitude = forms.FloatField(label=_("Breite in Grad"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Länge in Grad"), required=False, min_value=-180, max_value=180)
    outline = forms.FileField(
        label=_("Umriss einer Fläche"),
        required=False,
        help_text=_("GeoJSON in Grad (WGS 84), höchstens 5 MB"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any) -> None:
        self.place = place
        self.geometry: BaseGeometry | None = None
        if place is not None:
            kwargs.setdefault("initial", _values(place))
        super().__init__(*args, **kwargs)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors.keys() & {"latitude", "longitude", "outline"}:
            return cleaned
        try:
            self.geometry = self._position(cleaned)
        except BadShape as refusal:
            self.add_error("outline" if cleaned.get("outline") else "latitude", refusal.message)
        return cleaned

    @property
    def given(self) -> PlaceInput:
        """What was filled in; only when the form holds."""
        cleaned = self.cleaned_data
        assert self.geometry is not None  # noqa: S101 -- a form that holds has one
        words = ("name", "category", "address", "description", "internal_note", "is_public")
        return PlaceInput(
            kind=PlaceKind(cleaned["kind"]),
            geometry=self.geometry,
            **{name: cleaned[name] for name in words},
        )

    def _position(self, cleaned: dict[str, Any]) -> BaseGeometry | None:
        file = cleaned.get("outline")
        if file is not None:
            if file.size > _MOST_OUTLINE:
                raise BadShape(gettext("Die Datei ist zu groß. Höchstens 5 MB gehen."))
            return read_geometry(parse_geojson(file.read()))
        lat, lon = cleaned.get("latitude"), cleaned.get("longitude")
        if lat is not None and lon is not None:
            is_kept = self.place is not None and not {"latitude", "longitude"} & set(self.changed_data)
            return _kept(self.place) if is_kept and self.place is not None else point(lat, lon)
        if (lat is None) != (lon is None):
            raise BadShape(gettext("Bitte geben Sie Breite und Länge an, oder keine von beiden."))
        if self.place is not None and "latitude" not in self.changed_data:
            return _kept(self.place)
        return self._at_address(cleaned.get("address", ""))

    def _at_address(self, address: str) -> BaseGeometry | None:
        hits = [hit for hit in geocoder.find(address) if hit.is_exact] if address.strip() else []
        if len(hits) == 1:
            return point(hits[0].lat, hits[0].lon)
        if hits:
            named = "; ".join(hit.label for hit in hits[:3])
            self.add_error(
                "address",
                gettext("Gemeint sein kann: %(named)s. Bitte schreiben Sie eine davon ganz aus.")
                % {"named": named},
            )
        elif address.strip():
            self.add_error(
                "address",
                gettext("Diese Adresse steht nicht in der Adressliste. Zeigen Sie die Stelle auf der Karte."),
            )
        else:
            self.add_error(
                "latitude", gettext("Zeigen Sie die Stelle auf der Karte, oder nennen Sie eine Adresse.")
            )
        return None


def _kept(place: Place) -> BaseGeometry:
    return wkb.loads(bytes(place.wkb))


def _values(place: Place) -> dict[str, Any]:
    names = ("kind", "name", "category", "description", "is_public", "internal_note", "address")
    values = {name: getattr(place, name) for name in names}
    west, south, east, north = place.box
    if (west, south) == (east, north):
        values |= {"latitude": round(south, 6), "longitude": round(west, 6)}
    return values
