# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open311 GeoReport v2 on a municipality's host, under /open311/v2/. The form is chosen by the ending."""

from __future__ import annotations

from django.urls import path, register_converter

from verbund.modules.defects.rest.open311 import views
from verbund.modules.defects.rest.open311.forms import FormConverter

register_converter(FormConverter, "open311_form")


urlpatterns = [
    path("discovery.<open311_form:form>", views.Discovery.as_view(), name="open311-discovery"),
    path("services.<open311_form:form>", views.Services.as_view(), name="open311-services"),
    path("services/<str:code>.<open311_form:form>", views.Service.as_view(), name="open311-service"),
    path("requests.<open311_form:form>", views.Requests.as_view(), name="open311-requests"),
    path(
        "requests/<str:reference>.<open311_form:form>", views.SingleRequest.as_view(), name="open311-request"
    ),
    path("tokens/<str:text>.<open311_form:form>", views.Token.as_view(), name="open311-token"),
]
