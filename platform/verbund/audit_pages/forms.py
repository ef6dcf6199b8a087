# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the record is searched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from verbund.audit.queries import AuditFilter
from verbund.web.forms import DateField, Form

_KINDS = (
    ("", _("Alle")),
    ("person", _("Beschäftigte")),
    ("citizen", _("Bürgerinnen und Bürger")),
    ("token", _("Programme")),
    ("system", _("Plattform")),
    ("support", _("Fernzugriff")),
)


class AuditFilterForm(Form):
    """Period, who, what and about what; the values stand in the address."""

    von = DateField(label=_("Von"), required=False)
    bis = DateField(label=_("Bis"), required=False)
    wer = forms.ChoiceField(label=_("Wer"), required=False)
    aktion = forms.ChoiceField(label=_("Was"), required=False)
    objekt = forms.CharField(
        label=_("Woran"),
        required=False,
        max_length=120,
        help_text=_("Anfang der Kennung, zum Beispiel defects.report:"),
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], actions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["wer"]
        who.choices = [*_KINDS, *((f"person:{number}", name) for number, name in people)]
        what: Any = self.fields["aktion"]
        what.choices = [("", _("Alle")), *actions]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("von"), cleaned.get("bis")
        if since and until and until < since:
            self.add_error("bis", _("„Bis“ liegt vor „Von“."))
        return cleaned

    def wanted(self) -> AuditFilter:
        """The filter of valid values; what is not valid narrows nothing."""
        self.is_valid()
        values = self.cleaned_data
        kind, _colon, number = values.get("wer", "").partition(":")
        return AuditFilter(
            since=values.get("von"),
            until=values.get("bis"),
            actor_kind=kind,
            actor_id=number,
            action=values.get("aktion", ""),
            subject=values.get("objekt", ""),
        )
