# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports for programs: what everybody may see, more for those who may read reports, and taking a step."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from typing_extensions import override

from verbund.accounts.api import actor_of
from verbund.accounts.rest import HasPermission
from verbund.kernel import clock
from verbund.modules.defects import handling, queries
from verbund.modules.defects.access import get_public_report, get_report_for
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.rest.serializers import (
    CategorySerializer,
    OfficeReportDetailSerializer,
    OfficeReportSerializer,
    ReportDetailSerializer,
    ReportSerializer,
    StateChangeSerializer,
)
from verbund.modules.defects.states import Light, State, states_of

_EITHER = PolymorphicProxySerializer(
    component_name="AnyReportDetail",
    serializers=[ReportDetailSerializer, OfficeReportDetailSerializer],
    resource_type_field_name=None,
)


class ReportFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """The filters of the list."""

    light = filters.ChoiceFilter(choices=[(light.value, light.value) for light in Light], method="with_light")
    state = filters.ChoiceFilter(choices=[(state.value, state.value) for state in State], field_name="state")
    category = filters.CharFilter(field_name="category__code")
    received_after = filters.IsoDateTimeFilter(field_name="received_at", lookup_expr="gte")
    received_before = filters.IsoDateTimeFilter(field_name="received_at", lookup_expr="lt")
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    def with_light(self, reports: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        return reports.filter(state__in=states_of(Light(value)))


class CategoryList(ListAPIView[Category]):
    """What may be reported here."""

    permission_classes = [IsAuthenticated]
    serializer_class = CategorySerializer
    filter_backends = []
    queryset = Category.objects.none()

    @override
    @extend_schema(operation_id="defects_categories_list")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    @override
    def get_queryset(self) -> QuerySet[Category]:
        return queries.categories()


class ReportList(ListAPIView[Report]):
    """Reports, newest first. Who may read reports sees all of them, others see the public ones."""

    permission_classes = [IsAuthenticated]
    filterset_class = ReportFilter
    queryset = Report.objects.none()

    @override
    @extend_schema(
        operation_id="defects_reports_list",
        responses=PolymorphicProxySerializer(
            component_name="AnyReport",
            serializers=[ReportSerializer, OfficeReportSerializer],
            resource_type_field_name=None,
            many=True,
        ),
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    @override
    def get_serializer_class(self) -> type[BaseSerializer[Report]]:
        return OfficeReportSerializer if _reads_all(self.request) else ReportSerializer

    @override
    def get_queryset(self) -> QuerySet[Report]:
        if not _reads_all(self.request):
            return queries.public_reports().prefetch_related("photos")
        return queries.staff_reports(view="all", today=clock.today()).prefetch_related("photos")


class ReportDetail(GenericAPIView[Report]):
    """One report with its timeline."""

    permission_classes = [IsAuthenticated]
    queryset = Report.objects.none()

    @extend_schema(operation_id="defects_reports_retrieve", responses=_EITHER)
    def get(self, request: Request, reference: str) -> Response:
        """What the caller may see of it."""
        return Response(_written(request, reference))


class ReportState(GenericAPIView[Report]):
    """Takes a step with a report."""

    permission_classes = [HasPermission]
    required_permission = DefectsPermission.ANSWER
    serializer_class = StateChangeSerializer
    queryset = Report.objects.none()

    @extend_schema(operation_id="defects_reports_change_state", responses=_EITHER)
    def post(self, request: Request, reference: str) -> Response:
        """Asking for the state the report already has changes nothing and succeeds."""
        given = StateChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = {**given.validated_data, "state": State(given.validated_data["state"])}
        handling.change_state(
            reference=reference, wanted=Wanted(**said), by=actor_of(request), at=clock.now()
        )
        return Response(_written(request, reference))


def _written(request: Request, reference: str) -> object:
    if _reads_all(request):
        return OfficeReportDetailSerializer(get_report_for(actor_of(request), reference)).data
    return ReportDetailSerializer(get_public_report(reference)).data


def _reads_all(request: Request) -> bool:
    return actor_of(request).may(DefectsPermission.READ)
