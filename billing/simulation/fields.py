# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers in an address: typed with a comma or a point, read alike in every language, so that a link means one thing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from typing_extensions import override

from billing.amounts import cents_of

_NUMBER = re.compile(r"\d{1,9}([.,]\d{1,6})?")
_GROWTH = re.compile(r"[+-]?\d{1,3}([.,]\d{1,2})?")
_HUNDRED = Decimal(100)


class WeightField(forms.CharField):
    """A number of at most six places above zero; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": "8"}

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().removesuffix("%").strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(_("Schreiben Sie eine Zahl, zum Beispiel 60 oder 33,5."))
        number = Decimal(text.replace(",", "."))
        if not number:
            raise ValidationError(_("Nehmen Sie eine Zahl über null, oder lassen Sie das Feld leer."))
        return number


class PercentField(WeightField):
    """A percentage up to a hundred; cleans to the part of one."""

    @override
    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is None:
            return None
        if number > _HUNDRED:
            raise ValidationError(_("Mehr als 100 % trägt niemand. Senken Sie den Höchstanteil."))
        return number / _HUNDRED


class GrowthField(forms.CharField):
    """How much more or less in percent; cleans to a Decimal, empty to None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "size": "6"}

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("\u2212", "-").replace(" ", "").removesuffix("%")
        if not text:
            return None
        if not _GROWTH.fullmatch(text):
            raise ValidationError(_("Schreiben Sie die Änderung so: 3 oder 2,5 oder -1,5"))
        growth = Decimal(text.replace(",", "."))
        if growth < -_HUNDRED:
            raise ValidationError(_("Weniger als nichts kostet es nicht. Nehmen Sie höchstens -100."))
        return growth


class EuroField(forms.CharField):
    """An amount of money as people write it, not negative; cleans to cents, empty to None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "size": "12"}

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        cents = cents_of(text)
        if cents is None:
            raise ValidationError(_("Schreiben Sie den Betrag so: 1.234,56"))
        if cents < 0:
            raise ValidationError(_("Der Betrag darf nicht negativ sein."))
        return cents
