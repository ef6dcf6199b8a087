# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about costs and cost centres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.books.fields import EuroField, MonthField
from billing.costs.cost_lines import LARGEST_BYTES
from billing.costs.models import CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH, CostCentre, Service
from billing.readable import of_size
from verbund.metering.periods import Period
from verbund.web.confirmation import ReasonField
from verbund.web.forms import Form

_SOURCE_HELP = gettext_lazy("Nummer oder Bezeichnung des Belegs; steht später in jeder Herleitung.")


class SpanForm(Form):
    """Which months the table shows; the value stands in the address."""

    zeitraum = forms.ChoiceField(label=gettext_lazy("Zeitraum"), required=False)

    def __init__(self, *args: Any, spans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["zeitraum"]
        field.choices = spans


class EntryForm(Form):
    """One amount of a cost centre."""

    centre = forms.ChoiceField(label=gettext_lazy("Kostenstelle"))
    month = MonthField()
    cents = EuroField()
    source = forms.CharField(label=gettext_lazy("Beleg"), max_length=SOURCE_LENGTH, help_text=_SOURCE_HELP)

    def __init__(
        self, *args: Any, centres: Iterable[CostCentre], months: Iterable[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {centre.code: centre for centre in centres}
        field: Any = self.fields["centre"]
        field.choices = [(code, f"{centre.title} ({code})") for code, centre in self.centres.items()]
        month: Any = self.fields["month"]
        month.offer(months)

    def clean_centre(self) -> CostCentre:
        return self.centres[self.cleaned_data["centre"]]


class ReplaceForm(Form):
    """Another amount in the place of one."""

    cents = EuroField(
        label=gettext_lazy("Richtiger Betrag in Euro"), help_text=gettext_lazy("0,00 nimmt ihn zurück")
    )
    source = forms.CharField(label=gettext_lazy("Beleg"), max_length=SOURCE_LENGTH, help_text=_SOURCE_HELP)
    reason = ReasonField()


class CostsFileForm(Form):
    """A table of costs: a file, or its lines pasted or corrected here."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        required=False,
        help_text=gettext_lazy("CSV mit Semikolons oder Tabulatoren, höchstens 1 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        error_messages={"empty": gettext_lazy("Die Datei ist leer.")},
    )
    content = forms.CharField(
        label=gettext_lazy("Zeilen"),
        required=False,
        help_text=gettext_lazy(
            "Aus der Tabelle kopiert, mit den Überschriften; hier lassen sie sich auch ändern."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        max_length=LARGEST_BYTES,
        strip=False,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return of_size(file, LARGEST_BYTES) if file else file


class CentreForm(Form):
    """A new cost centre; with what is chosen here it stays."""

    title = forms.CharField(label=gettext_lazy("Bezeichnung"), max_length=NAME_LENGTH)
    code = forms.CharField(
        label=gettext_lazy("Kürzel"),
        max_length=CODE_LENGTH,
        help_text=gettext_lazy("kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel rechenzentrum"),
    )
    service = forms.ChoiceField(
        label=gettext_lazy("Dienst"), help_text=gettext_lazy("unter ihm wird der Anteil abgerechnet")
    )
    key = forms.ChoiceField(
        label=gettext_lazy("Schlüssel"), help_text=gettext_lazy("nach ihm werden die Kosten verteilt")
    )
    module = forms.ChoiceField(
        label=gettext_lazy("Nur für Nutzer von"),
        required=False,
        help_text=gettext_lazy("dann teilen sich nur diese Kommunen die Kosten"),
    )

    def __init__(
        self,
        *args: Any,
        services: Iterable[Service],
        keys: Sequence[tuple[str, str]],
        modules: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {service.code: service for service in services}
        for name, choices in (
            ("service", [(code, service.title) for code, service in self.services.items()]),
            ("key", keys),
            ("module", [("", _("alle Mitglieder")), *modules]),
        ):
            field: Any = self.fields[name]
            field.choices = choices

    def clean_service(self) -> Service:
        return self.services[self.cleaned_data["service"]]


class EndForm(Form):
    """The last month in which a cost centre has costs."""

    last_month = MonthField(label=gettext_lazy("Letzter Monat mit Kosten"))

    def __init__(self, *args: Any, months: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["last_month"]
        field.offer(months)
