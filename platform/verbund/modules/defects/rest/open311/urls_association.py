# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open311 for all members on the association's host, under /open311/v2/."""

from __future__ import annotations

from django.urls import include, path, register_converter

from verbund.modules.defects.rest.open311 import shared
from verbund.modules.defects.rest.open311.forms import FormConverter

register_converter(FormConverter, "open311_shared_form")

_ENDPOINTS = [
    path("discovery.<open311_shared_form:form>", shared.SharedDiscovery.as_view(), name="open311-discovery"),
    path("services.<open311_shared_form:form>", shared.SharedServices.as_view(), name="open311-services"),
    path(
        "services/<str:code>.<open311_shared_form:form>",
        shared.SharedService.as_view(),
        name="open311-service",
    ),
    path("requests.<open311_shared_form:form>", shared.SharedRequests.as_view(), name="open311-requests"),
    path(
        "requests/<str:reference>.<open311_shared_form:form>",
        shared.SharedSingleRequest.as_view(),
        name="open311-request",
    ),
    path("tokens/<str:text>.<open311_shared_form:form>", shared.SharedToken.as_view(), name="open311-token"),
]

urlpatterns = [path("open311/v2/", include(_ENDPOINTS))]
