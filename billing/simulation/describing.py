# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version of a key in words a treasurer reads: parts with their weight, who shares, least and most."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from billing.allocation.keys import Basis, EqualShare, GivenFigures, Inhabitants, KeyVersion, Usage
from verbund.kernel import registry
from verbund.kernel.sorting import sort_key
from verbund.metering.queries import label_of
from verbund.web.texts import day_text, euro_text, number_text

_PLACES = 4


def basis_text(basis: Basis) -> str:
    """By what a part shares."""
    match basis:
        case EqualShare():
            return _("zu gleichen Teilen")
        case Inhabitants(reference_date=day, census=census):
            return _("Einwohner am %(day)s (%(census)s)") % {"day": day_text(day), "census": census}
        case GivenFigures(series=series, reference_date=day):
            return _("„%(series)s“ vom %(day)s") % {"series": series, "day": day_text(day)}
        case Usage(meter=meter):
            return _("Nutzung: %(meter)s") % {"meter": label_of(meter)}


def parts_text(key: KeyVersion) -> list[str]:
    """`60 % Einwohner am 31.12.2024 (Zensus 2022)`, a line for each part."""
    whole = sum(Fraction(part.weight) for part in key.parts)
    return [
        _("%(percent)s %(basis)s")
        % {"percent": percent_text(Fraction(part.weight) / whole), "basis": basis_text(part.basis)}
        for part in key.parts
    ]


def rules(key: KeyVersion, members: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who shares and within which limits, as label and value; ``members`` are the names by member key."""
    limits = key.limits
    module = registry.module(key.module) if key.module else None
    found = [
        (
            _("Wer trägt mit"),
            _("nur Kommunen mit dem Modul „%(module)s“") % {"module": module.label if module else key.module}
            if key.module
            else _("alle Mitglieder"),
        )
    ]
    if key.exempt:
        names = sorted((members.get(member, member) for member in key.exempt), key=sort_key)
        found.append((_("Befreit"), ", ".join(names)))
    if limits.least_cents:
        found.append((_("Mindestbetrag je Monat"), euro_text(limits.least_cents)))
    if limits.most_cents is not None:
        found.append((_("Höchstbetrag je Monat"), euro_text(limits.most_cents)))
    if limits.most_share is not None:
        found.append((_("Höchstanteil an den Kosten"), percent_text(Fraction(limits.most_share))))
    return found


def percent_text(ratio: Fraction, places: int = _PLACES) -> str:
    """As many places as it takes, at most four: `60 %`, `33,3333 %`."""
    exact = Decimal(round(ratio * 100 * 10**places)).scaleb(-places)
    shown = max(0, -int(exact.normalize().as_tuple().exponent))
    return f"{number_text(exact, shown)}\u00a0%"
