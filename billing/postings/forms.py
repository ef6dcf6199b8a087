# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What finance people fill in about postings: month and profile, and the profile itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from billing.forms import month_text
from billing.postings.mapping import ENCODINGS, FileMapping, MappedColumn
from billing.postings.profiles import Definition, NamedProfile
from verbund.kernel.errors import DomainError
from verbund.metering.periods import Period
from verbund.web.forms import Form

_SEPARATORS = (
    (";", _("Semikolon")),
    (",", _("Komma")),
    ("\t", _("Tabulator")),
    ("|", _("senkrechter Strich")),
)
_MARK = "|"
_PARTS = 3


class ExportForm(Form):
    """Which month with which profile."""

    month = forms.ChoiceField(label=_("Abgerechneter Monat"))
    profile = forms.ChoiceField(label=_("Profil"))

    def __init__(self, *args: Any, profiles: list[NamedProfile], months: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["month"]
        month.choices = [("", _("Bitte wählen")), *((str(period), month_text(period)) for period in months)]
        field: Any = self.fields["profile"]
        field.choices = [(profile.slug, profile.title) for profile in profiles]


class DatevForm(Form):
    """What DATEV's first line asks for."""

    title = forms.CharField(label=_("Name des Profils"), max_length=200)
    consultant = forms.CharField(
        label=_("Beraternummer"), max_length=7, required=False, help_text=_("4 bis 7 Ziffern")
    )
    client = forms.CharField(
        label=_("Mandantennummer"), max_length=5, required=False, help_text=_("1 bis 5 Ziffern")
    )
    account_length = forms.IntegerField(label=_("Länge der Sachkonten"), min_value=4, max_value=8)
    chart = forms.CharField(
        label=_("Sachkontenrahmen"), max_length=2, required=False, help_text=_("zum Beispiel 03 oder 04")
    )
    first_month = forms.IntegerField(label=_("Erster Monat des Wirtschaftsjahrs"), min_value=1, max_value=12)
    is_final = forms.BooleanField(label=_("Buchungen festschreiben"), required=False)

    @classmethod
    def initial_of(cls, profile: NamedProfile) -> dict[str, Any]:
        names = ("consultant", "client", "account_length", "chart", "first_month", "is_final")
        return {"title": profile.title, **{name: getattr(profile.definition, name) for name in names}}

    def definition(self, before: Definition) -> Definition:
        """The profile as it was filled in."""
        return replace(
            before, **{name: value for name, value in self.cleaned_data.items() if name != "title"}
        )


class TableForm(Form):
    """Columns in their order, one line each: heading | what stands in it | how it is written."""

    title = forms.CharField(label=_("Name des Profils"), max_length=200)
    columns = forms.CharField(
        label=_("Spalten"),
        help_text=_(
            "Eine Zeile je Spalte, in ihrer Reihenfolge: Überschrift | Inhalt | Form. Inhalte und Formen stehen unten."
        ),
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "autocomplete": "off"}),
        max_length=20_000,
    )
    separator = forms.ChoiceField(label=_("Trennzeichen"), choices=_SEPARATORS)
    encoding = forms.ChoiceField(label=_("Zeichensatz"), choices=[(name, name) for name in ENCODINGS])
    has_header = forms.BooleanField(label=_("Erste Zeile mit Überschriften"), required=False)

    @classmethod
    def initial_of(cls, profile: NamedProfile) -> dict[str, Any]:
        mapping = profile.definition.mapping or FileMapping(columns=())
        lines = [
            f" {_MARK} ".join((c.title, c.source, c.format)).rstrip(f" {_MARK}") for c in mapping.columns
        ]
        return {
            "title": profile.title,
            "columns": "\n".join(lines),
            "separator": mapping.separator,
            "encoding": mapping.encoding,
            "has_header": mapping.has_header,
        }

    def definition(self, before: Definition) -> Definition:
        """The profile as it was filled in; whether it holds is said by the service."""
        lines = [line for line in self.cleaned_data["columns"].splitlines() if line.strip()]
        columns = []
        for line in lines:
            parts = [part.strip() for part in line.split(_MARK, _PARTS - 1)]
            title, source, form = (*parts, "", "")[:_PARTS]
            columns.append(MappedColumn(title=title, source=source, format=form))
        return replace(
            before,
            mapping=FileMapping(
                columns=tuple(columns),
                separator=self.cleaned_data["separator"],
                encoding=self.cleaned_data["encoding"],
                has_header=self.cleaned_data["has_header"],
            ),
        )

    @override
    def add_refusal(self, refusal: DomainError) -> None:
        """What is wrong with a column is said with the number of its line."""
        for field, sentence in refusal.fields.items():
            _columns, _dot, place = field.partition("columns.")
            if place:
                number = int(place.split(".")[0]) + 1
                self.add_error(
                    "columns", _("Zeile %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}
                )
            else:
                self.add_error(field if field in self.fields else None, sentence)
