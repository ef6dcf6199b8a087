# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How members and onboardings are written for programs."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from tenants.models import Kind
from tenants.states import State
from verbund.jobs.models import State as StepState

# Not a choice field: OpenAPI would invent names for three sets of choices that are all called state.
_STEP_STATES = ", ".join(StepState.values)


class BodySerializer(serializers.Serializer[Any]):
    """A Körperschaft."""

    ags = serializers.CharField(max_length=8, help_text="Amtlicher Gemeindeschlüssel, 8 Ziffern")
    name = serializers.CharField(max_length=200)


class StepSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not the serializer's label
    state = serializers.CharField(help_text=_STEP_STATES)
    message = serializers.CharField()


class OnboardingStateSerializer(serializers.Serializer[Any]):
    """The last onboarding of a member."""

    job = serializers.IntegerField(source="pk")
    state = serializers.CharField(help_text=_STEP_STATES)
    message = serializers.CharField()
    steps = StepSerializer(many=True)


class TenantSerializer(serializers.Serializer[Any]):
    """A member of the association."""

    key = serializers.CharField(help_text="Unveränderliche Kennung, zum Beispiel m_000042")
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    ars = serializers.CharField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in State])
    hosts = serializers.ListField(child=serializers.CharField())
    bodies = BodySerializer(many=True)
    modules = serializers.ListField(child=serializers.CharField())
    requested_at = serializers.DateTimeField()
    activated_at = serializers.DateTimeField(allow_null=True)


class TenantDetailSerializer(TenantSerializer):
    """A member with its onboarding."""

    onboarding = OnboardingStateSerializer(allow_null=True)


class OnboardingSerializer(serializers.Serializer[Any]):
    """A new member. Whether the values hold is decided by the service; it refuses with every reason."""

    slug = serializers.CharField(max_length=60)
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=Kind.choices)
    ars = serializers.CharField(max_length=12, required=False, default="")
    bodies = BodySerializer(many=True, allow_empty=False)
    hosts = serializers.ListField(child=serializers.CharField(max_length=253), allow_empty=False)
    admin_email = serializers.EmailField(write_only=True)
    profile = serializers.CharField(required=False, default="")
    modules = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        allow_null=True,
        default=None,
        help_text="Ohne Angabe alle",
    )
