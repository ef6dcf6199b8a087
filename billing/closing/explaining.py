# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every cent of a statement explained: the month calculated again from its own record, and the sentences of a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.allocation.charging import ChargeLine
from billing.allocation.keys import Usage
from billing.allocation.material import Material
from billing.allocation.money import euros
from billing.allocation.reading import parsed, read
from billing.allocation.run import ENGINE, calculate
from billing.allocation.run import Run as Allocation
from billing.allocation.sharing import Share
from billing.closing.correction_story import correction_stories
from billing.closing.models import Run, StatementLine
from billing.closing.periods import month_of
from billing.closing.states import LineKind
from billing.derivation import derivation, grouped, labelled
from billing.gathering import member_key
from tenants.models import Tenant
from verbund.metering.arrivals import estimated_hours
from verbund.metering.queries import label_of

_SAID = {
    LineKind.ADVANCE: gettext_lazy("Ein fester Betrag, der im Voraus beschlossen wurde."),
    LineKind.TRUE_UP: gettext_lazy("Verrechnet die Anteile des Jahres mit den Vorauszahlungen des Jahres."),
}


def again(run: Run) -> Allocation | None:
    """The allocation of a stored run; None if it followed other rules of the program, which are not here any more."""
    record = parsed(bytes(run.record))
    if record.get("engine") != ENGINE:
        return None
    return calculate(read(Material, record["input"], "input"))


def explanations(run: Run, tenant: Tenant, lines: Sequence[StatementLine]) -> dict[int, tuple[str, ...]]:
    """The sentences of a member's lines, by position; none for a line that cannot be had from the record.

    The association must be entered; corrections are calculated from the old months' records.
    """
    found = again(run)
    member = member_key(tenant)
    shares = {item.cost_centre: item for item in found.shares if item.member == member} if found else {}
    charges = (
        {(item.service, item.meter): item for item in found.charges if item.member == member} if found else {}
    )
    explained: dict[int, tuple[str, ...]] = {}
    if any(line.kind == LineKind.CORRECTION for line in lines):
        explained |= correction_stories(run.period, member, tenant.number, lines)
    for line in lines:
        centre = line.cost_centre.code if line.cost_centre else ""
        charge = charges.get((line.service.code, line.meter))
        if line.kind in _SAID:
            explained[line.position] = (str(_SAID[LineKind(line.kind)]),)
        elif found and line.kind == LineKind.SHARE and centre in shares:
            explained[line.position] = derivation(found, shares[centre])
        elif charge and line.kind in {LineKind.BASE_FEE, LineKind.USAGE}:
            explained[line.position] = tuple(_price(charge, line))
    hours = estimated_hours(month_of(run.period), tenant=tenant.number)
    for line in lines if hours else ():
        if line.position in explained and line.kind in {LineKind.SHARE, LineKind.USAGE}:
            share = shares.get(line.cost_centre.code) if line.cost_centre else None
            explained[line.position] += tuple(_estimated(line, share, tenant.number, hours))
    return explained


def _estimated(
    line: StatementLine, share: Share | None, number: int, hours: Mapping[tuple[int, str], int]
) -> Iterator[str]:
    """What of the member's own figures in the line nobody measured."""
    bases = [part.basis for part in share.parts] if share is not None else []
    meters = {line.meter} | {basis.meter for basis in bases if isinstance(basis, Usage)}
    for meter in sorted(meters):
        if count := hours.get((number, meter), 0):
            yield ngettext(
                "%(meter)s: %(count)s Stunde ist geschätzt. Da hat niemand gemessen; sie liegt auf der Geraden zwischen dem Wert davor und dem danach.",
                "%(meter)s: %(count)s Stunden sind geschätzt. Da hat niemand gemessen; sie liegen auf der Geraden zwischen dem Wert davor und dem danach.",
                count,
            ) % {"meter": label_of(meter), "count": count}


def _price(charge: ChargeLine, line: StatementLine) -> Iterator[str]:
    if line.price_version is not None:
        yield _("Preise Fassung %(version)s, gültig ab %(day)s (%(source)s).") % {
            "version": line.price_version.version,
            "day": f"{line.price_version.valid_from:%d.%m.%Y}",
            "source": line.price_version.source,
        }
    if not charge.meter:
        yield _("Grundpreis für %(numerator)s/%(denominator)s eines Monats.") % {
            "numerator": charge.months.numerator,
            "denominator": charge.months.denominator,
        }
    else:
        yield _("Gezählt wurden %(quantity)s, davon sind %(included)s im Preis enthalten.") % {
            "quantity": grouped(charge.quantity),
            "included": grouped(min(charge.included, charge.quantity)),
        }
        for tier in charge.tiers:
            yield _("%(quantity)s zu %(price)s € je %(per)s.") % {
                "quantity": grouped(tier.quantity),
                "price": _euro_price(tier.price),
                "per": grouped(tier.per),
            }
        for step in charge.steps:
            yield f"– {labelled(step.label)}: {grouped(step.quantity)}"
    yield _("Das ergibt %(amount)s.") % {"amount": euros(charge.cents)}


def _euro_price(price: Decimal) -> str:
    """Two places as on a price list, more where the price has more."""
    shown = max(price, price.quantize(Decimal("0.01")), key=lambda number: -int(number.as_tuple().exponent))
    return f"{shown:f}".replace(".", ",")
