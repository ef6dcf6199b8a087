# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API's address for usage on the association's host."""

from __future__ import annotations

from django.urls import path

from billing.ingest.rest import UsageEvents
from billing.rest import UsageList

urlpatterns = [
    path("usage/", UsageList.as_view(), name="usage"),
    path("usage/events/", UsageEvents.as_view(), name="usage-events"),
]
