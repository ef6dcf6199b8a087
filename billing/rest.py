# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Usage figures for the finance people's own programs, on the association's host."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing.permissions import BillingPermission
from billing.usage_report import ReportRow, usage_rows
from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.metering.periods import parse_period, period_of


class UsageRowSerializer(serializers.Serializer[ReportRow]):
    tenant = serializers.CharField(help_text="Kürzel der Kommune, „verbund“ für den Verband selbst")
    period = serializers.CharField(help_text="Monat in der Form JJJJ-MM, in der Zeit von Berlin")
    meter = serializers.CharField(help_text="Zähler")
    unit = serializers.CharField(help_text="Einheit der Menge")
    quantity = serializers.IntegerField(help_text="Menge, ganze Einheiten")


class UsageList(GenericAPIView[ReportRow]):  # type: ignore[type-var]  # rows are values, not models
    """Usage of a month by municipality and meter."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_USAGE
    serializer_class = UsageRowSerializer
    filter_backends = []

    @extend_schema(
        operation_id="usage_list",
        responses=UsageRowSerializer(many=True),
        parameters=[
            OpenApiParameter("period", str, description="Monat JJJJ-MM; ohne Angabe der laufende"),
            OpenApiParameter("tenant", str, description="Kürzel einer Kommune"),
            OpenApiParameter("meter", str, description="ein Zähler"),
        ],
    )
    def get(self, request: Request) -> Response:
        """Usage of a month by municipality and meter, also of usage that is minutes old."""
        given = request.query_params
        wanted = given.get("period")
        rows = usage_rows(
            period=parse_period(wanted) if wanted is not None else period_of(clock.today()),
            tenant=given.get("tenant"),
            meter=given.get("meter"),
        )
        page = self.paginate_queryset(_visible(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


def _visible(rows: list[ReportRow]) -> list[ReportRow]:
    """The rows of members that whoever asks looks after; somebody limited sees nothing of the association itself."""
    if reach.current() is None:
        return rows
    slugs = set(reach.visible(Tenant.objects.order_by()).values_list("slug", flat=True))
    return [row for row in rows if row.tenant in slugs]
