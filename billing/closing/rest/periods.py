# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Months for programs: all with what they wait for, and one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing.closing.blocking import FOLLOWING, Obstacle, obstacles
from billing.closing.models import BillingPeriod
from billing.closing.overview import find_month, overview
from billing.closing.rest.serializers import PeriodSerializer
from billing.closing.states import State
from billing.permissions import BillingPermission
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.kernel.errors import NotFound
from verbund.metering.errors import BadPeriod
from verbund.metering.periods import Period, parse_period


class PeriodList(GenericAPIView[BillingPeriod]):
    """Every month since something was booked or calculated."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_PERIODS
    serializer_class = PeriodSerializer
    queryset = BillingPeriod.objects.none()
    filter_backends = []

    @extend_schema(operation_id="billing_periods_list", responses=PeriodSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The newest first, with state, calculation and what stands in the way."""
        found = overview(today=clock.today(), person=person_behind(request))
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response(
            PeriodSerializer([period_values(item.row, item.obstacles) for item in page], many=True).data
        )


class PeriodDetail(GenericAPIView[BillingPeriod]):
    """One month."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_PERIODS
    serializer_class = PeriodSerializer
    queryset = BillingPeriod.objects.none()

    @extend_schema(operation_id="billing_periods_retrieve", responses=PeriodSerializer)
    def get(self, request: Request, period: str) -> Response:
        """Its state, its calculation, and everything that stands in the way of the next step."""
        row = find_month(named_period(period), today=clock.today())
        return Response(PeriodSerializer(values_now(row, person_behind(request))).data)


def named_period(text: str) -> Period:
    """The month of an address.

    Raises:
        NotFound: it is none.
    """
    try:
        return parse_period(text)
    except BadPeriod as nonsense:
        raise NotFound from nonsense


def person_behind(request: Request) -> int | None:
    """Whoever asks, or issued the key of the program that asks."""
    if isinstance(request.auth, ApiToken):
        return request.auth.created_by_id
    user: object = request.user
    return user.pk if isinstance(user, Person) else None


def values_now(row: BillingPeriod, person: int | None) -> dict[str, Any]:
    """A month as it stands, with all that blocks its next step."""
    return period_values(row, obstacles(row, today=clock.today(), person=person))


def period_values(row: BillingPeriod, blocking: Iterable[Obstacle] | None) -> dict[str, Any]:
    """What the serializer reads; ``blocking`` None where an earlier month comes first."""
    following = FOLLOWING.get(State(row.state))
    return {
        "period": row.name,
        "state": row.state,
        "next_state": following.value if following else None,
        "grace_until": row.grace_until,
        "run": row.run,
        "approved_at": row.approved_at,
        "issued_at": row.issued_at,
        "closed_at": row.closed_at,
        "obstacles": None if blocking is None else list(blocking),
    }
