# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the office keeps its places and its ground."""

from __future__ import annotations

from django.urls import path

from verbund.places.views import boundary, ground, register

urlpatterns = [
    path("grenze/", boundary.boundary, name="boundary"),
    path("grenze/umriss.json", boundary.outline, name="boundary-outline"),
    path("grenze/uebernehmen/", boundary.apply, name="boundary-apply"),
    path("grenze/verwerfen/", boundary.discard, name="boundary-discard"),
    path("grenze/zurueck/", boundary.reset, name="boundary-reset"),
    path("orte/", register.listing, name="list"),
    path("orte/neu/", register.new, name="new"),
    path("orte/etiketten/", register.labels, name="labels"),
    path("orte/punkte.json", register.points, name="points"),
    path("orte/<str:reference>/", register.place, name="place"),
    path("orte/<str:reference>/punkt.json", register.point, name="point"),
    path("orte/<str:reference>/aendern/", register.edit, name="edit"),
    path("orte/<str:reference>/stilllegen/", register.retire, name="retire"),
    path("orte/<str:reference>/wieder/", register.revive, name="revive"),
    path("adressen/", ground.addresses, name="addresses"),
    path("adressen/uebernehmen/", ground.addresses_apply, name="addresses-apply"),
    path("adressen/verwerfen/", ground.addresses_discard, name="addresses-discard"),
]
