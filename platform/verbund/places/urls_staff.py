# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the office keeps its places and its ground."""

from __future__ import annotations

from django.urls import path

from verbund.places.views import ground

urlpatterns = [
    path("adressen/", ground.addresses, name="addresses"),
    path("adressen/uebernehmen/", ground.addresses_apply, name="addresses-apply"),
    path("adressen/verwerfen/", ground.addresses_discard, name="addresses-discard"),
]
