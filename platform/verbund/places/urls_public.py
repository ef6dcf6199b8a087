# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Map and address search on a municipality's host."""

from __future__ import annotations

from django.urls import path

from verbund.places import urls_association
from verbund.places.views import public as views
from verbund.places.views import scanned

urlpatterns = [
    *urls_association.urlpatterns,
    path("orte/adressen", views.addresses, name="addresses"),
    # On labels outside, scanned with a telephone: short, and never to change.
    path("o/<str:reference>/", scanned.place, name="place"),
    path("o/<str:reference>/punkt.json", scanned.point, name="point"),
]
