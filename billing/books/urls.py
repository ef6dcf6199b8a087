# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance department's books on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.books import centres, costs, reading

_COSTS = "finanzen/kosten/"
urlpatterns = [
    path(_COSTS, costs.overview, name="costs"),
    path(f"{_COSTS}liste/", costs.download, name="costs-list"),
    path(f"{_COSTS}eintragen/", costs.enter, name="cost-enter"),
    path(f"{_COSTS}einlesen/", reading.read_file, name="costs-read"),
    path(f"{_COSTS}betraege/<int:cost_id>/", costs.replace, name="cost-replace"),
    path(f"{_COSTS}neu/", centres.add, name="cost-centre-add"),
    path(f"{_COSTS}stellen/<slug:code>/", centres.centre, name="cost-centre"),
    path(f"{_COSTS}stellen/<slug:code>/beenden/", centres.end, name="cost-centre-end"),
    path(f"{_COSTS}stellen/<slug:code>/fortsetzen/", centres.resume, name="cost-centre-resume"),
]
