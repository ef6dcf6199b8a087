# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Corrections of earlier months: asked for, approved by another person, priced with what held then.

The old month is calculated again from its own record with the corrected figure; the differences become lines of the
month in which the correction is booked. Keys, prices and rules are those of the record, never today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from billing.allocation.material import Material, Posting, Reading
from billing.allocation.reading import parsed, read
from billing.allocation.run import ENGINE, Run, calculate
from billing.allocation.settlement import Correction, corrections
from billing.closing.drafting import DraftLine
from billing.closing.models import Adjustment, BillingPeriod
from billing.closing.states import LineKind
from billing.costs.models import CostCentre, KeyVersion, PriceVersion, Service
from billing.plan import engine_key, regimes_on
from billing.refusals import spoken
from verbund.kernel.errors import Conflict
from verbund.metering.queries import label_of


@dataclass(kw_only=True)
class Corrected:
    """Lines of corrections, and the rows their codes stand for (versions of then, which today's plan need not have)."""

    lines: list[DraftLine] = field(default_factory=list)
    members: dict[str, int] = field(default_factory=dict)
    origins: dict[str, BillingPeriod] = field(default_factory=dict)
    centres: dict[str, CostCentre] = field(default_factory=dict)
    keys: dict[tuple[str, int], KeyVersion] = field(default_factory=dict)
    prices: dict[tuple[str, int], PriceVersion] = field(default_factory=dict)


def corrected(row: BillingPeriod) -> Corrected:
    """What the approved corrections booked in a month come to.

    Raises:
        Invalid: a correction cannot be calculated.
        Conflict: the old month was calculated by other rules of the program.
    """
    found = Corrected()
    origins = BillingPeriod.objects.filter(
        corrected_by__period=row, corrected_by__approved_at__isnull=False
    ).select_related("run")
    for origin in origins.distinct().order_by("month"):
        earlier, own = booked_in(row, origin)
        found.lines.extend(_of_origin(origin, earlier, own, found))
    return found


def booked_in(row: BillingPeriod, origin: BillingPeriod) -> tuple[list[Adjustment], list[Adjustment]]:
    """Approved corrections of an old month: those booked before this month, and those booked in it."""
    booked = Adjustment.objects.filter(approved_at__isnull=False, origin=origin).select_related(
        "cost_centre__service", "service"
    )
    earlier = booked.filter(period__month__lt=row.month).order_by("period__month", "pk")
    return list(earlier), list(booked.filter(period=row).order_by("pk"))


def recalculated(
    origin: BillingPeriod, earlier: Iterable[Adjustment], own: Iterable[Adjustment]
) -> Iterator[tuple[Adjustment, Run, Run]]:
    """The old month before and after each correction that is calculated; what came earlier is in both.

    Raises:
        Invalid: a correction cannot be calculated.
        Conflict: the old month was calculated by other rules of the program, or not at all.
    """
    material, members = _then(origin)
    keys = {number: member for member, number in members.items()}
    for item in earlier:
        material = _with(material, item, keys)
    with spoken():
        before = calculate(material)
    for item in own:
        if item.service is None:
            material = _with(material, item, keys)
            with spoken():
                after = calculate(material)
            yield item, before, after
            before = after


def lines_of(item: Adjustment) -> Corrected:
    """What one correction comes to, after all approved ones of the same month that are booked no later.

    Raises:
        Invalid: the correction cannot be calculated.
        Conflict: the old month was calculated by other rules of the program.
    """
    found = Corrected()
    earlier = (
        Adjustment.objects.filter(
            origin=item.origin_id, approved_at__isnull=False, period__month__lte=item.period.month
        )
        .exclude(pk=item.pk)
        .select_related("cost_centre__service", "service")
        .order_by("period__month", "pk")
    )
    origin = BillingPeriod.objects.select_related("run").get(pk=item.origin_id)
    found.lines.extend(_of_origin(origin, list(earlier), [item], found))
    return found


def _of_origin(
    origin: BillingPeriod, earlier: list[Adjustment], own: list[Adjustment], found: Corrected
) -> Iterator[DraftLine]:
    _material, members = _then(origin)
    keys = {number: member for member, number in members.items()}
    found.members |= members
    found.origins[origin.name] = origin
    found.centres |= {centre.code: centre for centre in CostCentre.objects.select_related("service")}
    services = {service.code: service for service in Service.objects.all()}
    regimes = dict(_regimes(origin, services))
    runs = recalculated(origin, earlier, own)
    for item in own:
        if item.service is not None:
            yield _direct(item, keys, origin, regimes)
            continue
        _item, before, after = next(runs)
        _note_versions(before, found)
        with spoken():
            differences = corrections(before, after, reason=item.reason)
        for difference in differences:
            yield _line(difference, item, origin, found, regimes)


def _then(origin: BillingPeriod) -> tuple[Material, dict[str, int]]:
    """What went into the old month, and the number of each member then."""
    if origin.run is None:
        raise Conflict(
            _("Der Monat %(month)s ist nicht berechnet; dort gibt es nichts zu berichtigen.")
            % {"month": origin.name}
        )
    if origin.run.engine != ENGINE:
        raise Conflict(
            _(
                "Der Monat %(month)s folgt früheren Rechenregeln. Berichtigen Sie ihn mit der Fassung des Programms von damals."
            )
            % {"month": origin.name}
        )
    with spoken():
        material = read(Material, parsed(bytes(origin.run.record))["input"])
    members = parsed(bytes(origin.run.statements_record))["members"]
    return material, {str(member): int(number) for member, number in members.items()}


def _with(material: Material, item: Adjustment, keys: dict[int, str]) -> Material:
    """The old month with one more figure; direct amounts change nothing that is shared."""
    source = f"Berichtigung {item.pk}: {item.reason}"
    if item.day is not None and item.quantity is not None and item.tenant_id is not None:
        reading = Reading(
            member=keys[item.tenant_id], meter=item.meter, day=item.day, quantity=item.quantity, source=source
        )
        return replace(material, readings=(*material.readings, reading))
    if item.cost_centre is not None and item.cents is not None:
        posting = Posting(cost_centre=item.cost_centre.code, cents=item.cents, source=source)
        return replace(material, postings=(*material.postings, posting))
    return material


def _regimes(origin: BillingPeriod, services: dict[str, Service]) -> Iterator[tuple[str, str]]:
    held = regimes_on(origin.month)
    for code, service in services.items():
        yield code, held[service.pk].value if service.pk in held else ""


def _note_versions(run: Run, found: Corrected) -> None:
    centres = {engine_key(centre): centre.key for centre in found.centres.values()}
    for key in run.keys:
        row = KeyVersion.objects.filter(key=centres[key.key], version=key.version).first()
        if row is not None:
            found.keys[key.key, key.version] = row
    for prices in run.prices:
        price = PriceVersion.objects.filter(service__code=prices.service, version=prices.version).first()
        if price is not None:
            found.prices[prices.service, prices.version] = price


def _line(
    difference: Correction,
    item: Adjustment,
    origin: BillingPeriod,
    found: Corrected,
    regimes: dict[str, str],
) -> DraftLine:
    is_share = difference.kind == "share"
    centre = found.centres.get(difference.item) if is_share else None
    service = centre.service.code if centre else difference.item
    what = centre.title if centre else label_of(difference.meter) if difference.meter else "Grundpreis"
    return DraftLine(
        member=difference.member,
        kind=LineKind.CORRECTION,
        service=service,
        regime=regimes[service],
        text=f"Berichtigung {origin.month:%m/%Y}: {what}",
        net_cents=difference.cents,
        cost_centre=difference.item if is_share else "",
        key=engine_key(centre) if centre else "",
        key_version=difference.version if is_share else 0,
        price_version=0 if is_share else difference.version,
        meter=difference.meter,
        quantity=item.quantity if item.meter and item.meter == difference.meter else None,
        origin=origin.name,
        reason=item.reason,
    )


def _direct(
    item: Adjustment, keys: dict[int, str], origin: BillingPeriod, regimes: dict[str, str]
) -> DraftLine:
    if item.service is None or item.cents is None or item.tenant_id is None:
        message = f"adjustment {item.pk} is of no service"
        raise RuntimeError(message)
    return DraftLine(
        member=keys[item.tenant_id],
        kind=LineKind.CORRECTION,
        service=item.service.code,
        regime=regimes[item.service.code],
        text=f"Berichtigung {origin.month:%m/%Y}: {item.service.title}",
        net_cents=item.cents,
        origin=origin.name,
        reason=item.reason,
    )
