# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about keys on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.simulation import views_keys, views_trial
from billing.simulation.budget import views as budget

_KEYS, _BUDGET = "finanzen/schluessel/", "finanzen/haushalt/"
urlpatterns = [
    path(_KEYS, views_keys.keys, name="keys"),
    path(f"{_KEYS}<slug:key>/<int:number>/", views_keys.version, name="key-version"),
    path(f"{_KEYS}<slug:key>/was-waere/", views_trial.trial, name="key-trial"),
    path(f"{_KEYS}<slug:key>/was-waere/liste/", views_trial.trial_list, name="key-trial-list"),
    path(_BUDGET, budget.next_year, name="budget-next"),
    path(f"{_BUDGET}<int:year>/", budget.budget, name="budget"),
    path(f"{_BUDGET}<int:year>/liste/", budget.budget_list, name="budget-list"),
    path(f"{_BUDGET}<int:year>/kommunen/<slug:slug>/", budget.member, name="budget-member"),
]
