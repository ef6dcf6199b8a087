# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A share explained in sentences: what was shared by which key, each figure, and where the last cent went."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from billing.allocation.keys import EqualShare, GivenFigures, Inhabitants, Usage
from billing.allocation.limits import Limit
from billing.allocation.money import euros
from billing.allocation.run import Run
from billing.allocation.sharing import Share, SharePart
from billing.allocation.spans import german


def derivation(run: Run, share: Share) -> tuple[str, ...]:
    """The sentences, in the order in which one would check them with a calculator; a dash begins what a figure consists of."""
    centre = next(item for item in run.material.cost_centres if item.code == share.cost_centre)
    key = next(item for item in run.keys if item.key == share.key)
    period = run.material.period
    return (
        _("%(centre)s, %(first)s bis %(last)s: Zu verteilen sind %(total)s.")
        % {
            "centre": centre.name,
            "first": german(period.first),
            "last": german(period.last),
            "total": euros(share.total_cents),
        },
        _("Schlüssel „%(name)s“, Fassung %(version)s, gültig ab %(day)s (%(source)s).")
        % {
            "name": key.name,
            "version": key.version,
            "day": german(key.valid_from),
            "source": key.source,
        },
        *(sentence for part in share.parts for sentence in _part(share, part)),
        _("Anteil am Schlüssel: %(numerator)s / %(denominator)s, das sind rund %(percent)s.")
        % {
            "numerator": grouped(share.ratio.numerator),
            "denominator": grouped(share.ratio.denominator),
            "percent": _percent(share.ratio),
        },
        *_rounding(share),
        _("Das ergibt %(amount)s.") % {"amount": euros(share.cents)},
    )


def _part(share: Share, part: SharePart) -> Iterator[str]:
    named = {
        "percent": _percent(part.weight),
        "figure": grouped(part.figure),
        "days": share.days,
        "numerator": grouped(part.numerator),
        "denominator": grouped(part.denominator),
        "source": part.source,
    }
    match part.basis:
        case EqualShare():
            yield (
                _("%(percent)s zu gleichen Teilen: %(numerator)s von %(denominator)s Mitgliedstagen.") % named
            )
        case Inhabitants(reference_date=day, census=census):
            yield _(
                "%(percent)s nach Einwohnern am %(day)s (%(census)s, %(source)s): %(figure)s × %(days)s Tage = %(numerator)s von %(denominator)s."
            ) % {**named, "day": german(day), "census": census}
        case GivenFigures(series=series, reference_date=day):
            yield _(
                "%(percent)s nach „%(series)s“ vom %(day)s (%(source)s): %(figure)s × %(days)s Tage = %(numerator)s von %(denominator)s."
            ) % {**named, "series": series, "day": german(day)}
        case Usage(meter=meter):
            yield _("%(percent)s nach Nutzung „%(meter)s“: %(numerator)s von %(denominator)s.") % {
                **named,
                "meter": meter,
            }
    for step in part.steps:
        yield f"– {labelled(step.label)}: {grouped(step.quantity)}"
    if part.uncounted:
        yield _(
            "Nicht mitgerechnet, weil an Tagen ohne Mitgliedschaft oder Buchung gezählt: %(uncounted)s."
        ) % {"uncounted": grouped(part.uncounted)}


def _rounding(share: Share) -> Iterator[str]:
    if share.limit is Limit.LEAST:
        yield (
            _("Es gilt der Mindestbetrag von %(limit)s; die anderen tragen entsprechend weniger.")
            % {"limit": euros(share.least_cents)}
        )
    elif share.limit is Limit.MOST:
        yield (
            _(
                "Es gilt der Höchstbetrag von %(limit)s; was darüber liegt, tragen die anderen nach demselben Schlüssel."
            )
            % {"limit": euros(share.most_cents or 0)}
        )
    else:
        if share.rest_cents != share.total_cents:
            yield _(
                "Bei anderen gilt ein Mindest- oder Höchstbetrag. Die Übrigen teilen sich %(rest)s; davon rund %(percent)s."
            ) % {"rest": euros(share.rest_cents), "percent": _percent(share.rest_ratio)}
        size = abs(share.exact)
        named = {"exact": _decimal(size, 4), "floor": grouped(math.floor(size)), "place": share.place}
        yield (
            _("Genau sind es %(exact)s Cent, also %(floor)s und für den Rest (Rang %(place)s) einer dazu.")
            if share.extra
            else _("Genau sind es %(exact)s Cent, also %(floor)s; für den Rest (Rang %(place)s) keiner dazu.")
        ) % named


def labelled(label: str) -> str:
    """What a figure consists of, a day as people write it."""
    day, _gap, rest = label.partition(" ")
    try:
        shown = german(date.fromisoformat(day))
    except ValueError:
        return label
    return shown if rest == "counter" else f"{shown}, {rest}"


def grouped(number: int) -> str:
    """`1.234`."""
    return f"{number:,}".replace(",", ".")


def _percent(ratio: Fraction) -> str:
    return f"{_decimal(ratio * 100, 4).rstrip('0').rstrip(',')} %"


def _decimal(number: Fraction, places: int) -> str:
    scaled = round(number * 10**places)
    whole, rest = divmod(scaled, 10**places)
    return f"{grouped(whole)},{rest:0{places}d}"
