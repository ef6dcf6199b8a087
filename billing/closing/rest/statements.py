# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements for programs: a month's members, and every line of one with its derivation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing.closing.explaining import explanations
from billing.closing.models import Statement, StatementLine
from billing.closing.overview import find_month
from billing.closing.rest.periods import named_period
from billing.closing.rest.serializers import StatementDetailSerializer, StatementSerializer
from billing.closing.statements import statement_of
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.kernel.errors import NotFound


class StatementList(GenericAPIView[Statement]):
    """What every member pays for a month."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_PERIODS
    serializer_class = StatementSerializer
    queryset = Statement.objects.none()
    filter_backends = []

    @extend_schema(operation_id="billing_statements_list", responses=StatementSerializer(many=True))
    def get(self, request: Request, period: str) -> Response:  # noqa: ARG002 (DRF's signature)
        """By the run that counts, in the order of the members' names; of those whoever asks looks after."""
        row = find_month(named_period(period), today=clock.today())
        if row.run is None:
            raise NotFound
        found = (
            Statement.objects.filter(run=row.run, tenant__in=reach.visible(Tenant.objects.order_by()))
            .select_related("tenant")
            .order_by("tenant__sort_key")
        )
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response(
            StatementSerializer([_statement_values(item) for item in page], many=True).data
        )


class StatementDetail(GenericAPIView[Statement]):
    """One member's statement of a month."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_PERIODS
    serializer_class = StatementDetailSerializer
    queryset = Statement.objects.none()

    @extend_schema(operation_id="billing_statements_retrieve", responses=StatementDetailSerializer)
    def get(self, request: Request, period: str, slug: str) -> Response:  # noqa: ARG002 (DRF's signature)
        """Every line with numerator, denominator, versions and the sentences it can be checked by."""
        row = find_month(named_period(period), today=clock.today())
        found = statement_of(row, slug)
        if not reach.is_visible(found.statement.tenant_id):
            raise NotFound
        said = explanations(found.statement.run, found.statement.tenant, found.lines)
        values = {
            **_statement_values(found.statement),
            "period": row.name,
            "run": found.statement.run.number,
            "lines": [_line_values(line, said.get(line.position, ())) for line in found.lines],
        }
        return Response(StatementDetailSerializer(values).data)


def _statement_values(row: Statement) -> dict[str, Any]:
    return {"tenant": row.tenant.slug, "name": row.tenant.name, "cents": row.cents}


def _line_values(line: StatementLine, derivation: Sequence[str]) -> dict[str, Any]:
    return {
        "position": line.position,
        "kind": line.kind,
        "service": line.service.code,
        "regime": line.regime,
        "cost_centre": line.cost_centre.code if line.cost_centre else "",
        "key_version": line.key_version.version if line.key_version else None,
        "price_version": line.price_version.version if line.price_version else None,
        "text": line.text,
        "meter": line.meter,
        "quantity": line.quantity,
        "unit": line.unit,
        "numerator": None if line.numerator is None else str(int(line.numerator)),
        "denominator": None if line.denominator is None else str(int(line.denominator)),
        "net_cents": line.net_cents,
        "origin": line.origin.name if line.origin else None,
        "reason": line.reason,
        "derivation": list(derivation),
    }
