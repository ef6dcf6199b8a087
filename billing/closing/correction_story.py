# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A correction in sentences: what was corrected, by which versions of then, and what the old month came to before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from billing.allocation.money import euros
from billing.allocation.run import Run as Allocation
from billing.allocation.settlement import Correction, corrections
from billing.closing.correcting import booked_in, recalculated
from billing.closing.models import Adjustment, BillingPeriod, StatementLine
from billing.derivation import grouped
from verbund.kernel.errors import DomainError
from verbund.metering.queries import label_of

_Key = tuple[str, str, str, str, int]


def correction_stories(
    period: BillingPeriod, member: str, number: int, lines: Iterable[StatementLine]
) -> dict[int, tuple[str, ...]]:
    """The sentences of a member's corrections in a month, by position; the association must be entered.

    None for a line whose old month followed other rules of the program. Of other members nothing is said.
    """
    waiting: dict[_Key, list[StatementLine]] = defaultdict(list)
    for line in lines:
        if line.origin is not None:
            waiting[_key_of(line)].append(line)
    told: dict[int, tuple[str, ...]] = {}
    for origin in {line.origin for found in waiting.values() for line in found if line.origin}:
        for key, sentences in _changes(period, origin, member, number):
            if waiting[key]:
                told[waiting[key].pop(0).position] = sentences
    return told


def _changes(
    period: BillingPeriod, origin: BillingPeriod, member: str, number: int
) -> Iterator[tuple[_Key, tuple[str, ...]]]:
    earlier, own = booked_in(period, origin)
    for item in own:
        if item.service is not None and item.tenant_id == number:
            key = (origin.name, item.service.code, "", item.reason, item.cents or 0)
            yield (
                key,
                (
                    _(
                        "Der Betrag wurde unmittelbar festgesetzt, von einer Person beantragt und von einer zweiten genehmigt."
                    ),
                ),
            )
    try:
        for item, before, after in recalculated(origin, earlier, own):
            for change in corrections(before, after, reason=item.reason):
                if change.member == member:
                    what, meter = ("", change.meter) if change.kind == "charge" else (change.item, "")
                    service = change.item if change.kind == "charge" else ""
                    cents = change.new_cents - change.old_cents
                    yield (
                        (origin.name, service or f"centre:{what}", meter, item.reason, cents),
                        tuple(_told(item, change, before, after, number)),
                    )
    except DomainError:
        return


def _key_of(line: StatementLine) -> _Key:
    origin = line.origin.name if line.origin else ""
    what = f"centre:{line.cost_centre.code}" if line.cost_centre else line.service.code
    return origin, what, line.meter, line.reason, line.net_cents


def _told(
    item: Adjustment, change: Correction, before: Allocation, after: Allocation, number: int
) -> Iterator[str]:
    if item.day is not None:
        named = {"meter": label_of(item.meter), "day": f"{item.day:%d.%m.%Y}"}
        if item.tenant_id == number:
            yield _("Berichtigt wurde der Zähler „%(meter)s“ am %(day)s um %(quantity)s.") % {
                **named,
                "quantity": f"{item.quantity:+d}",
            }
        else:
            yield _("Berichtigt wurde der Zähler „%(meter)s“ am %(day)s bei einer anderen Kommune.") % named
    elif item.cost_centre is not None:
        yield _("Berichtigt wurden die Kosten von „%(centre)s“ um %(amount)s.") % {
            "centre": item.cost_centre.title,
            "amount": euros(item.cents or 0),
        }
    yield _("Gerechnet wird wie damals, mit Fassung %(version)s.") % {"version": change.version}
    yield _("Vorher: %(how)s, das waren %(amount)s.") % {
        "how": _how(change, before),
        "amount": euros(change.old_cents),
    }
    yield _("Nachher: %(how)s, das sind %(amount)s.") % {
        "how": _how(change, after),
        "amount": euros(change.new_cents),
    }
    yield _("Der Unterschied ist %(amount)s.") % {"amount": euros(change.new_cents - change.old_cents)}


def _how(change: Correction, run: Allocation) -> str:
    """Numerator, denominator and sum of a share; the quantity of a price."""
    if change.kind == "share":
        share = next(
            (one for one in run.shares if (one.member, one.cost_centre) == (change.member, change.item)), None
        )
        if share is None:
            return _("kein Anteil")
        return _("%(numerator)s / %(denominator)s von %(total)s") % {
            "numerator": grouped(share.ratio.numerator),
            "denominator": grouped(share.ratio.denominator),
            "total": euros(share.total_cents),
        }
    wanted = (change.member, change.item, change.meter)
    charge = next((one for one in run.charges if (one.member, one.service, one.meter) == wanted), None)
    if charge is None:
        return _("nichts berechnet")
    if not charge.meter:
        return _("Grundpreis für %(numerator)s/%(denominator)s eines Monats") % {
            "numerator": charge.months.numerator,
            "denominator": charge.months.denominator,
        }
    return _("Menge %(quantity)s, davon %(included)s enthalten") % {
        "quantity": grouped(charge.quantity),
        "included": grouped(min(charge.included, charge.quantity)),
    }
