# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Members for programs: list, one, and a new one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from tenants import directory
from tenants.models import Tenant
from tenants.onboarding_input import BodyInput, OnboardingInput
from tenants.states import State
from verbund.accounts.api import actor_of
from verbund.accounts.rest import HasPermission
from verbund.console import members, services
from verbund.console.permissions import TenantPermission
from verbund.console.rest.serializers import OnboardingSerializer, TenantDetailSerializer, TenantSerializer
from verbund.jobs.models import Job
from verbund.kernel import clock
from verbund.kernel.errors import Invalid


class TenantList(GenericAPIView[Tenant]):
    """All members, and the way in for a new one."""

    permission_classes = [HasPermission]
    serializer_class = TenantSerializer
    filter_backends = []
    queryset = Tenant.objects.none()

    @property
    def required_permission(self) -> str:
        return TenantPermission.ONBOARD if self.request.method == "POST" else TenantPermission.READ

    @extend_schema(
        operation_id="tenants_list",
        responses=TenantSerializer(many=True),
        parameters=[
            OpenApiParameter("q", str, description="Name, Kürzel, AGS oder ARS"),
            OpenApiParameter("state", str, enum=[state.value for state in State]),
            OpenApiParameter("module", str, description="Kürzel eines Moduls"),
        ],
    )
    def get(self, request: Request) -> Response:
        """Members in the order of their names."""
        given = request.query_params
        state = given.get("state", "")
        if state and state not in set(State):
            raise Invalid(fields={"state": _("Diesen Zustand gibt es nicht.")})
        found = members.members(text=given.get("q", ""), state=state, module=given.get("module", ""))
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response([TenantSerializer(_values(tenant)).data for tenant in page])

    @extend_schema(
        operation_id="tenants_create", request=OnboardingSerializer, responses={202: TenantDetailSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask for the onboarding of a new member; the answer says where its steps can be watched."""
        given = OnboardingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = _wanted(given.validated_data)
        services.start_onboarding(wanted=wanted, by=actor_of(request), at=clock.now())
        address = reverse("console-api-association:tenant", kwargs={"slug": wanted.slug})
        return Response(
            TenantDetailSerializer(_detail(wanted.slug)).data,
            status=status.HTTP_202_ACCEPTED,
            headers={"Location": address},
        )


class TenantDetail(GenericAPIView[Tenant]):
    """One member with the steps of its onboarding."""

    permission_classes = [HasPermission]
    required_permission = TenantPermission.READ
    serializer_class = TenantDetailSerializer
    queryset = Tenant.objects.none()

    @extend_schema(operation_id="tenants_retrieve", responses=TenantDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 (DRF's signature)
        return Response(TenantDetailSerializer(_detail(slug)).data)


def _wanted(values: dict[str, Any]) -> OnboardingInput:
    modules = values["modules"]
    return OnboardingInput(
        slug=values["slug"],
        name=values["name"],
        kind=values["kind"],
        ars=values["ars"],
        bodies=tuple(BodyInput(ags=body["ags"], name=body["name"]) for body in values["bodies"]),
        hosts=tuple(host.lower() for host in values["hosts"]),
        admin_email=values["admin_email"],
        profile=values["profile"],
        modules=None if modules is None else tuple(modules),
    )


def _values(tenant: Tenant) -> dict[str, Any]:
    hosts = directory.serving_hosts(tenant)
    return {
        "key": tenant.key,
        "slug": tenant.slug,
        "name": tenant.name,
        "kind": tenant.kind,
        "ars": tenant.ars,
        "state": tenant.state,
        "hosts": [host.domain for host in hosts],
        "bodies": members.current_bodies(tenant),
        "modules": sorted(activation.module for activation in tenant.activations.all()),
        "requested_at": tenant.requested_at,
        "activated_at": tenant.activated_at,
    }


def _detail(slug: str) -> dict[str, Any]:
    member = members.member(slug)
    return {**_values(member.tenant), "onboarding": _onboarding(member.job)}


def _onboarding(job: Job | None) -> dict[str, Any] | None:
    if job is None:
        return None
    return {"pk": job.pk, "state": job.state, "message": job.message, "steps": list(job.steps.all())}
