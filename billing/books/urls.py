# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The finance department's books on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.books import centres, correction_new, corrections, costs, late, prices, reading

_COSTS, _CORRECTIONS = "finanzen/kosten/", "finanzen/berichtigungen/"
_LATE = f"{_CORRECTIONS}nachzuegler/<str:month>/<slug:slug>/<str:meter>/"
_PRICES = "finanzen/preise/"
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
    path(_CORRECTIONS, corrections.overview, name="corrections"),
    path(f"{_CORRECTIONS}neu/<str:kind>/", correction_new.ask, name="correction-ask"),
    path(_LATE, late.decide, name="late"),
    path(f"{_LATE}zuruecknehmen/", late.reopen, name="late-reopen"),
    path(f"{_CORRECTIONS}<int:adjustment_id>/", corrections.correction, name="correction"),
    path(f"{_CORRECTIONS}<int:adjustment_id>/genehmigen/", corrections.approve, name="correction-approve"),
    path(
        f"{_CORRECTIONS}<int:adjustment_id>/zurueckziehen/", corrections.withdraw, name="correction-withdraw"
    ),
    path(_PRICES, prices.overview, name="prices"),
    path(f"{_PRICES}neu/", prices.add, name="service-add"),
    path(f"{_PRICES}dienste/<slug:code>/", prices.service, name="service"),
    path(f"{_PRICES}dienste/<slug:code>/steuerart/", prices.add_regime, name="regime-add"),
    path(f"{_PRICES}dienste/<slug:code>/fassung/", prices.add_price, name="price-add"),
]
