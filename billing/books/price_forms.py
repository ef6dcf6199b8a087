# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about services, regimes and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from billing.allocation.prices import PriceVersion, Scheme
from billing.books.tiers import price_text, tiers_of, tiers_text
from billing.costs.models import CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH, Regime
from verbund.kernel.errors import DomainError
from verbund.web.forms import DateField, Form

_FROM_HELP = gettext_lazy("Der Erste eines Monats, zum Beispiel 01.01.2027")
_LEAST_CHARGES = 2
_PARTS = ("meter", "per", "included", "scheme", "tiers")


class ServiceForm(Form):
    """A new service; its code and module stay."""

    title = forms.CharField(label=gettext_lazy("Bezeichnung"), max_length=NAME_LENGTH)
    code = forms.CharField(
        label=gettext_lazy("Kürzel"),
        max_length=CODE_LENGTH,
        help_text=gettext_lazy("kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel rechenzentrum"),
    )
    module = forms.ChoiceField(
        label=gettext_lazy("Nur für Nutzer von"),
        required=False,
        help_text=gettext_lazy("dann zahlen nur diese Kommunen die Preise"),
    )

    def __init__(self, *args: Any, modules: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["module"]
        field.choices = [("", _("alle Mitglieder")), *modules]


class RegimeForm(Form):
    """Under which regime a service is billed from a month on."""

    valid_from = DateField(label=gettext_lazy("Gilt ab"), help_text=_FROM_HELP)
    regime = forms.ChoiceField(label=gettext_lazy("Steuerart"), choices=Regime.choices)
    source = forms.CharField(label=gettext_lazy("Wer hat es entschieden?"), max_length=SOURCE_LENGTH)


class PriceForm(Form):
    """A version of a service's prices: base fee and a block for each meter, one more than there are."""

    valid_from = DateField(label=gettext_lazy("Gilt ab"), help_text=_FROM_HELP)
    source = forms.CharField(label=gettext_lazy("Beschluss oder Preisblatt"), max_length=SOURCE_LENGTH)
    base_fee = forms.CharField(
        label=gettext_lazy("Grundpreis im Monat, in Euro"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("zum Beispiel 20,00; leer, wenn es keinen gibt"),
    )

    def __init__(self, *args: Any, meters: Sequence[tuple[str, str]], charges: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, max(charges + 1, _LEAST_CHARGES) + 1)
        for number in self.numbers:
            self.fields.update(_charge_fields(number, meters))
        self.sections = [
            (_("Fassung"), ("valid_from", "source", "base_fee")),
            *(
                (_("Preis %(number)s") % {"number": number}, tuple(f"{part}_{number}" for part in _PARTS))
                for number in self.numbers
            ),
        ]

    @classmethod
    def initial_of(cls, prices: PriceVersion | None, valid_from: date) -> dict[str, Any]:
        """What holds now, to be changed; empty for the first version."""
        values: dict[str, Any] = {"valid_from": valid_from}
        if prices is None:
            return values
        values["base_fee"] = price_text(prices.base_fee) if prices.base_fee else ""
        for number, charge in enumerate(prices.charges, start=1):
            values |= {
                f"meter_{number}": charge.meter,
                f"per_{number}": charge.per,
                f"included_{number}": charge.included,
                f"scheme_{number}": charge.scheme.value,
                f"tiers_{number}": tiers_text(charge.ordered),
            }
        return values

    def clean_base_fee(self) -> str:
        given = self.cleaned_data["base_fee"].strip()
        found = tiers_of(given) if given else [{"price": "0"}]
        if found is None or len(found) != 1 or "up_to" in found[0]:
            raise ValidationError(_("Bitte geben Sie einen Betrag ein, zum Beispiel 1.234,50."))
        return str(found[0]["price"])

    @override
    def clean(self) -> dict[str, Any]:
        for number in self.numbers:
            if self.cleaned_data.get(f"meter_{number}") and not tiers_of(
                self.cleaned_data.get(f"tiers_{number}", "")
            ):
                self.add_error(
                    f"tiers_{number}", _("Eine Zeile je Stufe: „bis 100: 0,40“, die letzte nur „0,25“.")
                )
        return self.cleaned_data

    def definition(self) -> Mapping[str, Any]:
        """What the service is given."""
        given = self.cleaned_data
        return {
            "base_fee": given["base_fee"],
            "charges": [
                {
                    "meter": given[f"meter_{number}"],
                    "per": given[f"per_{number}"] or 1,
                    "included": given[f"included_{number}"] or 0,
                    "scheme": given[f"scheme_{number}"] or Scheme.GRADUATED.value,
                    "tiers": tiers_of(given[f"tiers_{number}"]),
                }
                for number in self.numbers
                if given[f"meter_{number}"]
            ],
        }

    @override
    def add_refusal(self, refusal: DomainError) -> None:
        """What the service says of the definition is said above the form."""
        self.refusal = refusal
        for field, sentence in refusal.fields.items():
            self.add_error(field if field in self.fields else None, sentence)
        if not refusal.fields:
            self.add_error(None, refusal.message)


def _charge_fields(number: int, meters: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    schemes = [
        (Scheme.GRADUATED.value, _("jede Einheit zum Preis ihrer Stufe")),
        (Scheme.VOLUME.value, _("alle Einheiten zum Preis der erreichten Stufe")),
    ]
    return {
        f"meter_{number}": forms.ChoiceField(
            label=_("Zähler"), required=False, choices=[("", _("keiner")), *meters]
        ),
        f"per_{number}": forms.IntegerField(
            label=_("Preis gilt je"),
            required=False,
            min_value=1,
            help_text=_("so viele Einheiten; ein Beratungstag hat 480 Minuten. Leer heißt 1."),
        ),
        f"included_{number}": forms.IntegerField(label=_("Freimenge im Monat"), required=False, min_value=0),
        f"scheme_{number}": forms.ChoiceField(label=_("Staffel"), required=False, choices=schemes),
        f"tiers_{number}": forms.CharField(
            label=_("Stufen in Euro"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
            help_text=_("Eine Zeile je Stufe: „bis 100: 0,40“, die letzte nur „0,25“."),
        ),
    }
