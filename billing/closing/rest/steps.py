# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month's steps for programs: by the services of the board, with a personal key and that person's second factor.

A step that the same person has taken already is answered as done and changes nothing, so that a program whose answer
got lost repeats its request as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing import signing
from billing.closing.approving import approve_period, close_period
from billing.closing.blocking import obstacles
from billing.closing.calculating import calculate_period
from billing.closing.differences import differences
from billing.closing.models import BillingPeriod
from billing.closing.overview import find_month
from billing.closing.periods import month_of
from billing.closing.rest.periods import named_period, values_now
from billing.closing.rest.serializers import (
    ApprovalSerializer,
    PeriodDetailSerializer,
    PeriodSerializer,
    SignatureSerializer,
)
from billing.closing.states import State
from billing.permissions import BillingPermission
from tenants.models import Tenant
from verbund.accounts.models import ApiToken
from verbund.accounts.reach import api as reach
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Forbidden
from verbund.metering import rollup


class PeriodStep(GenericAPIView[BillingPeriod]):
    """What all steps share: the month, who stands behind it, and what stands in the way."""

    permission_classes = [HasPermission]
    required_permission: ClassVar[BillingPermission]
    serializer_class = SignatureSerializer
    queryset = BillingPeriod.objects.none()
    filter_backends = []

    def begin(self, request: Request, period: str) -> tuple[BillingPeriod, Mapping[str, Any], ApiToken]:
        """The month, what was sent, and the personal key; nothing is spent yet.

        Raises:
            NotFound: there is no such month.
            Forbidden: a session or a program's own key asks; a session has the pages for it.
        """
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = find_month(named_period(period), today=clock.today())
        token = request.auth
        if not isinstance(token, ApiToken) or token.created_by is None:
            raise Forbidden(
                _(
                    "Dieser Schritt braucht einen persönlichen Schlüssel mit dem Recht „%(permission)s“ und den Code Ihrer Authenticator-App."
                )
                % {"permission": self.required_permission}
            )
        return row, given.validated_data, token

    def sign(self, token: ApiToken, given: Mapping[str, Any]) -> Actor:
        """The person's actor; the code is used up.

        Raises:
            Forbidden: the code does not hold, or the person looks after some members only.
            TooManyRequests: too many codes were tried.
        """
        by = signing.signed(token, self.required_permission, code=given["code"])
        reach.check_all(by)
        return by


def refuse_obstacles(row: BillingPeriod, *, person: int | None) -> None:
    """Name everything that stands in the way at once.

    Raises:
        Conflict: something does; each is a field.
    """
    found = obstacles(row, today=clock.today(), person=person)
    if found:
        sentences = [f"{item.sentence} {item.way_out}" for item in found]
        raise Conflict(
            " ".join(sentences),
            fields={item.code: sentence for item, sentence in zip(found, sentences, strict=True)},
        )


class Calculate(PeriodStep):
    """The calculation of a month."""

    required_permission = BillingPermission.CALCULATE

    @extend_schema(
        operation_id="billing_periods_calculate",
        request=SignatureSerializer,
        responses=PeriodDetailSerializer,
    )
    def post(self, request: Request, period: str) -> Response:
        """Calculate; equal figures give the run that is there. Whoever calculates does not approve the month."""
        row, given, token = self.begin(request, period)
        by = self.sign(token, given)
        if row.state in {State.OPEN, State.GRACE}:
            refuse_obstacles(row, person=None)
        done = calculate_period(period=month_of(row), by=by, at=clock.now(), today=clock.today())
        slugs = dict(Tenant.objects.values_list("number", "slug"))
        values = {
            **values_now(done.period, token.created_by_id),
            "is_new": done.is_new,
            "differences": [
                {
                    "tenant": slugs[item.tenant],
                    "before_cents": item.before_cents,
                    "after_cents": item.after_cents,
                }
                for item in (differences(done.run) if done.is_new else ())
            ],
        }
        return Response(PeriodDetailSerializer(values).data)


class Approve(PeriodStep):
    """The approval by a second person."""

    required_permission = BillingPermission.APPROVE
    serializer_class = ApprovalSerializer

    @extend_schema(
        operation_id="billing_periods_approve", request=ApprovalSerializer, responses=PeriodSerializer
    )
    def post(self, request: Request, period: str) -> Response:
        """Approve a calculated month; refused for whoever calculated, corrected or entered anything of it."""
        row, given, token = self.begin(request, period)
        if row.state != State.APPROVED or row.approved_by != token.created_by_id:
            by = self.sign(token, given)
            refuse_obstacles(row, person=token.created_by_id)
            _refuse_other_run(row, given["sha256"])
            row = approve_period(period=month_of(row), by=by, at=clock.now(), today=clock.today())
        return Response(PeriodSerializer(values_now(row, token.created_by_id)).data)


class Close(PeriodStep):
    """The end of a month."""

    required_permission = BillingPermission.CLOSE

    @extend_schema(
        operation_id="billing_periods_close", request=SignatureSerializer, responses=PeriodSerializer
    )
    def post(self, request: Request, period: str) -> Response:
        """Close a month whose documents are issued for good: nothing of it changes afterwards."""
        row, given, token = self.begin(request, period)
        if row.state != State.CLOSED or row.closed_by != token.created_by_id:
            by = self.sign(token, given)
            rollup.roll_up()
            refuse_obstacles(row, person=token.created_by_id)
            row = close_period(period=month_of(row), by=by, at=clock.now(), today=clock.today())
        return Response(PeriodSerializer(values_now(row, token.created_by_id)).data)


def _refuse_other_run(row: BillingPeriod, seen: str) -> None:
    if seen and row.run is not None and row.run.sha256 != seen:
        sentence = _(
            "Inzwischen gilt Rechenlauf %(number)s mit anderen Zahlen. Prüfen Sie ihn, und nennen Sie dann seine Prüfsumme."
        ) % {"number": row.run.number}
        raise Conflict(sentence, fields={"sha256": sentence})
