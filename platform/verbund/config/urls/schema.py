# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI description of the host that is asked."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override


@extend_schema(exclude=True)
class HostSchema(SpectacularAPIView):
    """Describes what stands on the host, not what the settings name: there stands nothing."""

    @override
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        self.urlconf = request.urlconf
        answer: Response = super().get(request, *arguments, **options)  # type: ignore[no-untyped-call]  # the library's
        return answer


urlpatterns = [path("schema/", HostSchema.as_view(), name="api-schema")]
