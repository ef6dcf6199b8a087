# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about keys on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.simulation import views_keys, views_trial

_KEYS = "finanzen/schluessel/"
urlpatterns = [
    path(_KEYS, views_keys.keys, name="keys"),
    path(f"{_KEYS}<slug:key>/<int:number>/", views_keys.version, name="key-version"),
    path(f"{_KEYS}<slug:key>/was-waere/", views_trial.trial, name="key-trial"),
    path(f"{_KEYS}<slug:key>/was-waere/liste/", views_trial.trial_list, name="key-trial-list"),
]
