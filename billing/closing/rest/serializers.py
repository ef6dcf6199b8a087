# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What programs read of months and statements, and what they send with a step."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from billing.closing.states import LineKind, State
from billing.costs.models import Regime


class ObstacleSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="für Programme")
    sentence = serializers.CharField(help_text="was im Weg steht")
    way_out = serializers.CharField(help_text="was zu tun ist")


class RunSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    cents = serializers.IntegerField(help_text="Summe aller Kommunen in Cent, ohne Umsatzsteuer")
    sha256 = serializers.CharField(help_text="Prüfsumme; gleiche Zahlen ergeben dieselbe")
    input_sha256 = serializers.CharField(help_text="Prüfsumme von allem, was hineinging")
    calculated_at = serializers.DateTimeField()


class PeriodSerializer(serializers.Serializer[Any]):
    period = serializers.CharField(help_text="Monat in der Form JJJJ-MM")
    state = serializers.ChoiceField(choices=[state.value for state in State])
    next_state = serializers.ChoiceField(
        choices=[state.value for state in State], allow_null=True, help_text="wohin der nächste Schritt führt"
    )
    grace_until = serializers.DateField(
        allow_null=True, help_text="letzter Tag, an dem auf Vorgänge gewartet wird"
    )
    run = RunSerializer(allow_null=True, help_text="die Berechnung, die gilt")
    approved_at = serializers.DateTimeField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    obstacles = ObstacleSerializer(
        many=True,
        allow_null=True,
        help_text="was dem nächsten Schritt im Weg steht; null: zuerst ein früherer Monat",
    )


class DifferenceSerializer(serializers.Serializer[Any]):
    tenant = serializers.CharField(help_text="Kürzel der Kommune")
    before_cents = serializers.IntegerField()
    after_cents = serializers.IntegerField()


class PeriodDetailSerializer(PeriodSerializer):
    """A month after its calculation, with what that changed."""

    is_new = serializers.BooleanField(help_text="nein: Die Zahlen sind die des vorigen Rechenlaufs")
    differences = DifferenceSerializer(
        many=True, help_text="was sich seit dem vorigen Rechenlauf geändert hat"
    )


class SignatureSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(
        max_length=16, required=False, allow_blank=True, default="",
        help_text="Code der Authenticator-App der Person, der der Schlüssel gehört",
    )  # fmt: skip


class ApprovalSerializer(SignatureSerializer):
    sha256 = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="Prüfsumme des Rechenlaufs, den Sie geprüft haben; ein anderer wird nicht freigegeben"
    )  # fmt: skip


class StatementSerializer(serializers.Serializer[Any]):
    tenant = serializers.CharField(help_text="Kürzel der Kommune")
    name = serializers.CharField()
    cents = serializers.IntegerField(help_text="zu zahlen in Cent, ohne Umsatzsteuer")


class LineSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in LineKind])
    service = serializers.CharField(help_text="Kürzel des Dienstes")
    regime = serializers.ChoiceField(choices=Regime.choices)
    cost_centre = serializers.CharField(allow_blank=True, help_text="Kürzel der Kostenstelle")
    key_version = serializers.IntegerField(allow_null=True)
    price_version = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()
    meter = serializers.CharField(allow_blank=True)
    quantity = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    numerator = serializers.CharField(allow_null=True, help_text="ganze Zahl beliebiger Länge, deshalb Text")
    denominator = serializers.CharField(
        allow_null=True, help_text="ganze Zahl beliebiger Länge, deshalb Text"
    )
    net_cents = serializers.IntegerField()
    origin = serializers.CharField(
        allow_null=True, help_text="bei einer Berichtigung der Monat, den sie betrifft"
    )
    reason = serializers.CharField(allow_blank=True)
    derivation = serializers.ListField(
        child=serializers.CharField(), help_text="wie der Betrag entstand, Satz für Satz"
    )


class StatementDetailSerializer(StatementSerializer):
    period = serializers.CharField()
    run = serializers.IntegerField(help_text="Nummer des Rechenlaufs")
    lines = LineSerializer(many=True)
