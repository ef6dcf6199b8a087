# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality knows of its ground: the outlines of its bodies and its addresses. EPSG:4326 throughout."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
