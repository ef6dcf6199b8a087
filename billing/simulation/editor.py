# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed to try a key: parts with weights, limits, the period; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from billing.allocation.keys import (
    INHABITANTS,
    Basis,
    EqualShare,
    GivenFigures,
    Inhabitants,
    KeyVersion,
    Usage,
)
from billing.models import FigureSnapshot
from billing.simulation.describing import basis_text
from billing.simulation.fields import EuroField, PercentField, WeightField
from billing.simulation.reach import Reach
from verbund.kernel import registry
from verbund.kernel.errors import DomainError
from verbund.web.forms import DateField, Form

ROWS = 4
_EQUAL, _USAGE, _GIVEN = "equal", "usage", "given"
# Where the engine's places stand in the form.
_PLACES = {
    "period": "zeitraum",
    "readings": "zeitraum",
    "parts": "gewicht1",
    "keys": "gewicht1",
    "snapshots": "teil1",
    "figures": "teil1",
    "limits": "mindestens",
    "module": "modul",
}


class DraftForm(Form):
    """A key as it might be; ``rows`` of weight and basis, as many as the version that holds has, and a few more."""

    zeitraum = forms.ChoiceField(label=gettext_lazy("Zeitraum"), required=False)
    mindestens = EuroField(label=gettext_lazy("Mindestbetrag je Monat"))
    hoechstens = EuroField(label=gettext_lazy("Höchstbetrag je Monat"))
    hoechstanteil = PercentField(label=gettext_lazy("Höchstanteil an den Kosten"))
    modul = forms.ChoiceField(label=gettext_lazy("Wer trägt mit"), required=False)

    def __init__(
        self, given: Mapping[str, str], *, held: KeyVersion | None, reaches: Sequence[Reach]
    ) -> None:
        self.held = held
        self.reaches = reaches
        self.count = max(ROWS, len(held.parts) + 1 if held else 0)
        super().__init__(_filled(given, held, reaches))
        self._offer("zeitraum", [(reach.name, reach.label) for reach in reaches])
        modules = [(spec.slug, str(spec.label)) for spec in registry.modules()]
        self._offer("modul", [("", _("alle Mitglieder")), *modules])
        for name, unit in (("mindestens", "€"), ("hoechstens", "€"), ("hoechstanteil", "%")):
            self.fields[name].widget.unit = unit
        choices = bases(held)
        for number in range(1, self.count + 1):
            self.fields[f"gewicht{number}"] = WeightField(label=_("Gewicht %(number)s") % {"number": number})
            self.fields[f"teil{number}"] = forms.ChoiceField(label=_("nach"), required=False, choices=choices)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Weight and basis, side by side."""
        return [(self[f"gewicht{number}"], self[f"teil{number}"]) for number in range(1, self.count + 1)]

    @property
    def query(self) -> str:
        """The address that shows the same again, for links and for colleagues."""
        return urlencode([(name, self.data.get(name, "")) for name in self.fields])

    @property
    def limits(self) -> list[Any]:
        return [self[name] for name in ("mindestens", "hoechstens", "hoechstanteil", "modul")]

    @property
    def reach(self) -> Reach | None:
        """The period that was chosen; the newest month when none was."""
        chosen = self.data.get("zeitraum")
        return next((reach for reach in self.reaches if reach.name == chosen), None)

    @property
    def definition(self) -> dict[str, Any]:
        """As the version service takes it; who is exempt stays so."""
        given = self.cleaned_data
        limits: dict[str, Any] = {"least_cents": given["mindestens"] or 0}
        if given["hoechstens"] is not None:
            limits["most_cents"] = given["hoechstens"]
        if given["hoechstanteil"] is not None:
            limits["most_share"] = str(given["hoechstanteil"])
        return {
            "parts": [
                {"weight": str(given[f"gewicht{number}"]), "basis": _read(given[f"teil{number}"])}
                for number in range(1, self.count + 1)
                if given[f"gewicht{number}"] is not None
            ],
            "module": given["modul"],
            "exempt": list(self.held.exempt) if self.held else [],
            "limits": limits,
        }

    @override
    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for number in range(1, self.count + 1):
            weight, basis = given.get(f"gewicht{number}"), given.get(f"teil{number}", "")
            if f"gewicht{number}" in self.errors or f"teil{number}" in self.errors:
                continue
            if weight is None and basis:
                self.add_error(
                    f"gewicht{number}",
                    _("Geben Sie an, mit welchem Gewicht, oder wählen Sie „nicht verwendet“."),
                )
            elif weight is not None and not basis:
                self.add_error(
                    f"teil{number}", _("Wählen Sie, wonach verteilt wird, oder lassen Sie das Gewicht leer.")
                )
            elif basis in seen:
                self.add_error(
                    f"teil{number}", _("Das steht schon darüber. Fassen Sie die Gewichte zusammen.")
                )
            seen |= {basis} if basis else set()
        if not seen and not self.errors:
            self.add_error(
                "gewicht1", _("Ein Schlüssel braucht mindestens einen Teil. Geben Sie ein Gewicht an.")
            )
        return given

    @override
    def add_refusal(self, refusal: DomainError) -> None:
        for field, sentence in refusal.fields.items():
            name = field if field in self.fields else _PLACES.get(field.partition("[")[0].partition(".")[0])
            self.add_error(name, sentence)
        if not refusal.fields:
            self.add_error(None, refusal.message)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _filled(given: Mapping[str, str], held: KeyVersion | None, reaches: Sequence[Reach]) -> dict[str, str]:
    """A link with weights is complete; any other begins with the version that holds."""
    initial = initial_of(held, reaches)
    if any(name.startswith("gewicht") for name in given):
        return {"zeitraum": initial["zeitraum"], **given}
    return {**initial, **given}


def initial_of(held: KeyVersion | None, reaches: Sequence[Reach]) -> dict[str, str]:
    """The version that holds, as it would be typed; without one everybody the same."""
    found = {"zeitraum": reaches[0].name if reaches else ""}
    if held is None:
        return {**found, "gewicht1": "100", "teil1": _EQUAL}
    whole = sum(Fraction(part.weight) for part in held.parts)
    percents = [_decimal(Fraction(part.weight) * 100 / whole) for part in held.parts]
    for number, part in enumerate(held.parts, start=1):
        percent = percents[number - 1] if None not in percents else None
        found[f"gewicht{number}"] = percent or _typed(part.weight)
        found[f"teil{number}"] = _named(part.basis)
    limits = held.limits
    found["modul"] = held.module
    if limits.least_cents:
        found["mindestens"] = _typed(Decimal(limits.least_cents) / 100, places=2)
    if limits.most_cents is not None:
        found["hoechstens"] = _typed(Decimal(limits.most_cents) / 100, places=2)
    if limits.most_share is not None:
        found["hoechstanteil"] = _typed(limits.most_share * 100)
    return found


def bases(held: KeyVersion | None) -> list[Any]:
    """By what can be shared: equally, by the population series that were read in, by any meter, and what the version has."""
    series: list[Basis] = [
        Inhabitants(reference_date=row.reference_date, census=row.census)
        for row in FigureSnapshot.objects.filter(series=INHABITANTS)
    ]
    meters: list[Basis] = [Usage(meter=slug) for slug in sorted(registry.meters())]
    more = [
        part.basis
        for part in (held.parts if held else ())
        if part.basis not in series and part.basis not in meters and part.basis != EqualShare()
    ]
    return [
        ("", _("nicht verwendet")),
        *((_named(basis), basis_text(basis)) for basis in (EqualShare(), *series, *more)),
        (_("Nutzung"), [(_named(basis), basis_text(basis)) for basis in meters]),
    ]


def _named(basis: Basis) -> str:
    match basis:
        case EqualShare():
            return _EQUAL
        case Inhabitants(reference_date=day, census=census):
            return f"{INHABITANTS}:{day.isoformat()}:{census}"
        case GivenFigures(series=series, reference_date=day):
            return f"{_GIVEN}:{day.isoformat()}:{series}"
        case Usage(meter=meter):
            return f"{_USAGE}:{meter}"


def _read(name: str) -> dict[str, str]:
    kind, _colon, rest = name.partition(":")
    day, _colon, title = rest.partition(":")
    match kind:
        case "inhabitants":
            return {"kind": kind, "reference_date": day, "census": title}
        case "given":
            return {"kind": kind, "reference_date": day, "series": title}
        case "usage":
            return {"kind": kind, "meter": rest}
        case _:
            return {"kind": kind}


def _decimal(number: Fraction) -> str | None:
    """The number with at most six places, None where that is not exact."""
    scaled = number * 10**6
    return _typed(Decimal(scaled.numerator).scaleb(-6)) if scaled.denominator == 1 else None


def _typed(number: Decimal, places: int = 0) -> str:
    plain = f"{number.normalize():f}"
    return (f"{number:.{places}f}" if places else plain).replace(".", ",")


class AdoptForm(Form):
    """From when on the tried key shall hold, what it is called, and what it was decided by."""

    valid_from = DateField(
        label=gettext_lazy("Gilt ab"),
        help_text=gettext_lazy("der Erste eines Monats, zum Beispiel 01.01.2027"),
    )
    name = forms.CharField(label=gettext_lazy("Name des Schlüssels"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Grundlage"),
        max_length=300,
        help_text=gettext_lazy("Wer es beschlossen hat und warum; steht später in jeder Herleitung"),
    )

    @classmethod
    def initial_for(cls, name: str, today: date) -> dict[str, Any]:
        after = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        return {"valid_from": after, "name": name}
