# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`POST /api/v1/usage/events`: usage from other systems of the association, as CloudEvents."""

from __future__ import annotations

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing.ingest.producers import producer_of
from billing.ingest.receiving import MOST, Outcome, receive
from billing.permissions import BillingPermission
from verbund.accounts.models import ApiToken
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.web.rest_parsers import Json


class CloudEvent(Json):
    """One event in the structured mode of CloudEvents."""

    media_type = "application/cloudevents+json"


class CloudEvents(Json):
    """Events in the batched mode of CloudEvents."""

    media_type = "application/cloudevents-batch+json"


class EventData(serializers.Serializer[None]):
    quantity = serializers.IntegerField(min_value=1, help_text="Menge, ganze Einheiten")
    dimensions = serializers.DictField(
        child=serializers.CharField(),
        required=False,
        help_text="bis zu vier kurze Merkmale, nie etwas über eine Person",
    )


class EventSerializer(serializers.Serializer[None]):
    specversion = serializers.ChoiceField(choices=["1.0"])
    source = serializers.CharField(help_text="Kürzel des angemeldeten Systems")  # type: ignore[assignment]  # named by the standard
    id = serializers.UUIDField(help_text="UUID der Version 7; bei jeder Wiederholung dieselbe")
    type = serializers.CharField(help_text="Zähler, für den das System angemeldet ist")
    subject = serializers.CharField(help_text="Kürzel der Kommune")
    time = serializers.DateTimeField(help_text="wann genutzt wurde, mit Zeitzone")
    data = EventData()  # type: ignore[assignment]  # named by the standard


class OutcomeSerializer(serializers.Serializer[Outcome]):
    id = serializers.CharField()
    result = serializers.ChoiceField(choices=["accepted", "duplicate", "rejected"])
    field = serializers.CharField(help_text="bei „rejected“: welche Angabe nicht stimmt")
    reason = serializers.CharField(help_text="bei „rejected“: warum, und was zu tun ist")


class UsageEvents(GenericAPIView[None]):  # type: ignore[type-var]  # events are values, not models
    """Events of a registered system."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.INGEST_USAGE
    parser_classes = [Json, CloudEvents, CloudEvent]
    serializer_class = EventSerializer
    filter_backends = []
    pagination_class = None

    @extend_schema(
        operation_id="usage_events_report",
        request=EventSerializer(many=True),
        responses={status.HTTP_202_ACCEPTED: OutcomeSerializer(many=True)},
        description=f"Höchstens {MOST} Ereignisse. Beantwortet wird jedes für sich, und erst, wenn es gezählt ist.",
    )
    def post(self, request: Request) -> Response:
        """Report usage; sending the same again changes nothing."""
        token = request.auth
        producer = producer_of(token.pk) if isinstance(token, ApiToken) else None
        if producer is None:
            raise PermissionDenied
        events = request.data if isinstance(request.data, list) else [request.data]
        outcomes = receive(events, producer=producer, now=clock.now())
        return Response([asdict(outcome) for outcome in outcomes], status=status.HTTP_202_ACCEPTED)
