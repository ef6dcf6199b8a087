# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and keys of programs in a municipality, where somebody of another one may stand in."""

from __future__ import annotations

from django.urls import path

from verbund.accounts.urls_management import urlpatterns as management
from verbund.accounts.views import person

urlpatterns = [
    *management,
    path("personen/<int:person_id>/vertretung/", person.change_stay, name="change_stay"),
]
