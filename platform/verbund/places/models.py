# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality knows of its ground: outlines of its bodies, addresses, its own places. EPSG:4326 throughout."""

from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.places.boxes import BoxField
from verbund.places.geometry import EARTH
from verbund.places.kinds import PlaceKind, format_reference


class Boundary(models.Model):
    """The outline of one body, with its bounding box beside it."""

    ags = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    wkb = models.BinaryField(_("Umriss (WKB)"))
    min_lon = models.FloatField()
    min_lat = models.FloatField()
    max_lon = models.FloatField()
    max_lat = models.FloatField()
    source = models.CharField(_("Quellenvermerk"), max_length=200)

    class Meta:
        verbose_name = _("Gemeindegrenze")
        ordering = ["ags"]


class Address(models.Model):
    """A house number with its position; ``is_demo`` marks made-up ones."""

    street = models.CharField(_("Straße"), max_length=120)
    house_number = models.CharField(_("Hausnummer"), max_length=12)
    postal_code = models.CharField(_("Postleitzahl"), max_length=5)
    place = models.CharField(_("Ort"), max_length=120)
    lat = models.FloatField(_("Breite"))
    lon = models.FloatField(_("Länge"))
    street_sort_key = models.CharField(max_length=400, editable=False)
    number_sort_key = models.CharField(max_length=24, editable=False)
    is_demo = models.BooleanField(_("Beispiel"), default=False)

    class Meta:
        verbose_name = _("Adresse")
        ordering = ["street_sort_key", "place", "number_sort_key", "pk"]
        indexes = [
            models.Index(
                fields=["street_sort_key", "number_sort_key"],
                name="places_address_street",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
            models.Index(fields=["lat", "lon"], name="places_address_position"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["street", "house_number", "postal_code", "place"], name="places_address_unique"
            ),
            models.CheckConstraint(
                condition=Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="places_address_on_earth",
            ),
        ]


class Place(models.Model):
    """A point, an area, an address or an asset that other things refer to; its key is its number.

    ``category`` says what it is in the municipality's own words (`Bank`, `Spielplatz`). ``description`` is for
    everybody when it ``is_public``, ``internal_note`` for the office alone. What was taken down keeps its number.
    """

    kind = models.CharField(_("Art"), max_length=10, choices=PlaceKind.choices)
    name = models.CharField(_("Name"), max_length=120)
    category = models.CharField(_("Was ist es?"), max_length=60, blank=True)
    address = models.CharField(_("Lage"), max_length=200, blank=True)
    description = models.TextField(_("Beschreibung"), max_length=2000, blank=True)
    internal_note = models.TextField(_("Interne Notiz"), max_length=2000, blank=True)
    wkb = models.BinaryField(_("Geometrie (WKB)"))
    box = BoxField()
    is_public = models.BooleanField(_("Öffentlich"), default=False)
    retired_at = models.DateTimeField(_("Stillgelegt"), null=True)

    class Meta:
        verbose_name = _("Ort")
        ordering = ["pk"]
        indexes = [GistIndex(fields=["box"], name="places_place_box")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="places_place_kind"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def reference(self) -> str:
        """The number people say and labels carry."""
        return format_reference(self.pk)


class Location(models.Model):
    """Where something of another package is, kept as long as that: a point, the words for it, the place it is about.

    No page lists locations: who may see the thing sees where it is. The point is a ``box`` without extent.
    """

    address = models.CharField(_("Lage"), max_length=200)
    box = BoxField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Fundstelle")
        indexes = [GistIndex(fields=["box"], name="places_location_box")]
        constraints = [
            models.CheckConstraint(condition=Q(box__within=EARTH), name="places_location_on_earth"),
        ]

    @override
    def __str__(self) -> str:
        return self.address

    @property
    def lat(self) -> float:
        """Degrees north."""
        lat: float = self.box[1]
        return lat

    @property
    def lon(self) -> float:
        """Degrees east."""
        lon: float = self.box[0]
        return lon


class PendingFile(models.Model):
    """A file that was handed over and looked at, but not taken over yet; its content is compressed."""

    ADDRESSES, BOUNDARY = "addresses", "boundary"

    purpose = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
