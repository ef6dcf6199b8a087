# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Postings for programs: a month handed out for the accounting program, and each file as it was."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from billing.closing.rest.periods import named_period
from billing.permissions import BillingPermission
from billing.postings.exporting import batch_of, batches_of, export
from billing.postings.models import PostingBatch
from verbund.accounts.api import actor_of
from verbund.accounts.reach import api as reach
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock


class ExportSerializer(serializers.Serializer[Any]):
    profile = serializers.CharField(default="datev-extf", max_length=40, help_text="Kürzel eines Profils")


class FileSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk", help_text="unter dieser Nummer gibt es die Datei wieder")
    filename = serializers.CharField()
    postings = serializers.IntegerField()
    cents = serializers.IntegerField()
    sha256 = serializers.CharField()
    made_at = serializers.DateTimeField()


class ExportedSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField(help_text="wie viele der Dateien jetzt entstanden sind")
    files = FileSerializer(many=True, help_text="alle Dateien des Monats mit diesem Profil")


class PeriodExport(GenericAPIView[PostingBatch]):
    """A billed month for the accounting program."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.MANAGE_ACCOUNTS
    serializer_class = ExportSerializer
    queryset = PostingBatch.objects.none()
    filter_backends = []

    @extend_schema(
        operation_id="billing_periods_export", request=ExportSerializer, responses=ExportedSerializer
    )
    def post(self, request: Request, period: str) -> Response:
        """Write what is in no file of that profile yet; asking again gives the same files and writes none."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        profile, month = given.validated_data["profile"], named_period(period).first
        by = actor_of(request)
        reach.check_all(by)
        made = export(month=month, profile=profile, by=by, at=clock.now())
        values = {"created": len(made), "files": batches_of(month=month, profile=profile)}
        return Response(ExportedSerializer(values).data)


class ExportFile(GenericAPIView[PostingBatch]):
    """A file that was handed out."""

    permission_classes = [HasPermission]
    required_permission = BillingPermission.READ_ACCOUNTS
    serializer_class = FileSerializer
    queryset = PostingBatch.objects.none()

    @extend_schema(
        operation_id="billing_exports_retrieve",
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.BINARY, description="die Datei")},
    )
    def get(self, request: Request, number: int) -> HttpResponse:
        """Byte for byte as it was."""
        reach.check_all(actor_of(request))
        batch = batch_of(number)
        return HttpResponse(
            bytes(batch.content),
            content_type="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{batch.filename}"'},
        )
