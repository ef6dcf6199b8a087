# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and keys of programs on the association's host, where people may be limited to some members."""

from __future__ import annotations

from django.urls import path

from verbund.accounts.reach import views
from verbund.accounts.urls_management import urlpatterns as management

urlpatterns = [*management, path("personen/<int:person_id>/kommunen/", views.reach, name="reach")]
