# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How reports are written for programs. Who reported is in none of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from verbund.cases.timeline import public_timeline
from verbund.modules.defects.links import photo_url
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.rules import due_on
from verbund.modules.defects.states import Light, State, light_of

_STATES = [(state.value, state.value) for state in State]
# What the description of the API calls PublicReportStateEnum (settings.http).
PUBLIC_STATES = [(state.value, state.value) for state in State if light_of(state) is not None]
_LIGHTS = [(light.value, light.value) for light in Light]


class CategorySerializer(serializers.ModelSerializer[Category]):
    """A kind of defect that may be reported."""

    class Meta:
        model = Category
        fields = ("code", "name", "description", "group", "keywords")


class ReportSerializer(serializers.Serializer[Report]):
    """What everybody may know of a report."""

    reference = serializers.CharField(help_text="Zum Beispiel M-2026-0042")
    state = serializers.ChoiceField(choices=PUBLIC_STATES, source="shown_state")
    light = serializers.SerializerMethodField(help_text="Farbe der Ampel")
    category = serializers.CharField(source="category.code")
    address = serializers.CharField()
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    description = serializers.CharField(
        source="public_description", help_text="Leer, solange nicht freigegeben"
    )
    photos = serializers.SerializerMethodField(help_text="Freigegebene Fotos")
    received_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    expected_on = serializers.DateField(allow_null=True)
    forwarded_to = serializers.CharField()
    duplicate_of = serializers.CharField(source="duplicate_of.reference", default=None, allow_null=True)

    def get_light(self, report: Report) -> str:
        return light_of(report.shown_state) or ""

    def get_photos(self, report: Report) -> list[str]:
        return [
            photo_url(photo.shown_file_id) for photo in report.photos.all() if photo.released_at is not None
        ]


class OfficeReportSerializer(ReportSerializer):
    """What the office knows beyond that; contact data is never given to programs."""

    office_state = serializers.ChoiceField(choices=_STATES, source="state")
    reported_text = serializers.CharField(source="description")
    place_note = serializers.CharField()
    source_channel = serializers.CharField(source="source")
    assignee = serializers.CharField(source="case.assignee.name", default=None, allow_null=True)
    due_on = serializers.SerializerMethodField()
    submitted_at = serializers.DateTimeField()

    def get_due_on(self, report: Report) -> str | None:
        due = due_on(report)
        return due.isoformat() if due else None


class EntrySerializer(serializers.Serializer[Any]):
    """Something that happened, as everybody may read it."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    state = serializers.CharField()
    text = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    forwarded_to = serializers.CharField()


class ReportDetailSerializer(ReportSerializer):
    """A report with its public timeline, newest entry first."""

    timeline = serializers.SerializerMethodField()

    @extend_schema_field(EntrySerializer(many=True))
    def get_timeline(self, report: Report) -> list[dict[str, Any]]:
        return [
            dict(EntrySerializer(entry).data)
            for entry in public_timeline((report.duplicate_of or report).case_id)
        ]


class OfficeReportDetailSerializer(OfficeReportSerializer, ReportDetailSerializer):
    """All the office knows of a report, without its internal notes and without contact data."""


class StateChangeSerializer(serializers.Serializer[Any]):
    """A step to take; what it needs depends on the state that is wanted."""

    state = serializers.ChoiceField(choices=_STATES)
    answer = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)
    expected_on = serializers.DateField(required=False, default=None, allow_null=True)
    forwarded_to = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    original = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
