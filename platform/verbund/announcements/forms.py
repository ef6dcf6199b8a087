# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing an announcement."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from tenants.models import Tenant
from verbund.accounts.reach import api as reach
from verbund.announcements.models import Kind
from verbund.announcements.services import LONGEST
from verbund.kernel import clock
from verbund.kernel.clock import BERLIN
from verbund.web.forms import DateField, Form

_TIME = {"size": "6", "autocomplete": "off"}


class AnnouncementForm(Form):
    """Moments are Berlin's; the members are those the writer looks after."""

    sections = (
        (_("Was"), ("kind", "title", "body")),
        (_("Wann"), ("starts_on", "starts_at", "ends_on", "ends_at")),
        (_("Für wen"), ("tenants",)),
    )
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.NEWS,
        help_text=_(
            "Eine Wartung bleibt stehen, bis sie vorbei ist; eine Neuigkeit legt jede Person selbst weg."
        ),
    )
    title = forms.CharField(label=_("Überschrift"), max_length=120)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("**wichtig** hebt hervor, - beginnt eine Liste, [Text](https://…) ist ein Link."),
    )
    starts_on = DateField(label=_("Von"))
    starts_at = forms.TimeField(
        label=_("Von, Uhrzeit"), input_formats=["%H:%M"], widget=forms.TimeInput(format="%H:%M", attrs=_TIME)
    )
    ends_on = DateField(label=_("Bis"))
    ends_at = forms.TimeField(
        label=_("Bis, Uhrzeit"), input_formats=["%H:%M"], widget=forms.TimeInput(format="%H:%M", attrs=_TIME)
    )
    tenants = forms.TypedMultipleChoiceField(
        label=_("Nur für diese Kommunen"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl sehen es alle."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = clock.now().astimezone(BERLIN)
        today = clock.day_of(now)
        kwargs.setdefault(
            "initial",
            {
                "starts_on": today,
                "starts_at": time(now.hour, now.minute),
                "ends_on": today + timedelta(days=7),
                "ends_at": time(18, 0),
            },
        )
        super().__init__(*args, **kwargs)
        rows = reach.visible(Tenant.objects.order_by("sort_key")).values_list("number", "name")
        self.fields["tenants"].choices = [(str(number), name) for number, name in rows]  # type: ignore[attr-defined]  # a ChoiceField

    @override
    def clean(self) -> dict[str, Any]:
        """Days and times become the two moments a service takes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("starts", "ends"):
            day, at = cleaned.pop(f"{name}_on", None), cleaned.pop(f"{name}_at", None)
            if day is not None and at is not None:
                cleaned[f"{name}_at"] = datetime.combine(day, at, tzinfo=BERLIN)
        return cleaned
