# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Versions of keys, prices and regimes: each holds from a month on, is never edited, and the next one replaces it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from billing.allocation import canonical, keys, prices
from billing.allocation.reading import read
from billing.costs.checks import check_meter, check_module, check_month, check_text, refused
from billing.costs.models import (
    NAME_LENGTH,
    SOURCE_LENGTH,
    KeyVersion,
    PriceVersion,
    Regime,
    RegimeVersion,
    Service,
)
from billing.costs.structure import check_code
from billing.fixed_months import guarded
from billing.persons import person_of
from billing.refusals import spoken
from verbund.audit import api as audit
from verbund.kernel.actors import Actor


def add_key_version(
    *,
    key: str,
    name: str,
    valid_from: date,
    source: str,
    definition: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> KeyVersion:
    """Enter a version of a key; ``definition`` has parts, module, exempt and limits as the engine reads them.

    Raises:
        Invalid: something does not hold; the field is its place in the definition.
        MonthFixed: it would hold in a month that is calculated already.
    """
    row = KeyVersion(
        key=check_code("key", key),
        name=check_text("name", name, most=NAME_LENGTH),
        version=_next(KeyVersion.objects.filter(key=key)),
        valid_from=check_month("valid_from", valid_from),
        source=check_text("source", source, most=SOURCE_LENGTH),
        definition=dict(definition),
        entered_by=person_of(by),
        entered_at=at,
    )
    engine = key_of(row)
    check_module("module", engine.module)
    for part in engine.parts:
        if isinstance(part.basis, keys.Usage):
            check_meter("parts", part.basis.meter)
    with guarded("valid_from"):
        row.save(force_insert=True)
        audit.record(
            action="billing.key.version_added",
            subject=f"billing.key:{row.key}",
            by=by,
            changes={
                "version": row.version,
                "valid_from": valid_from.isoformat(),
                "definition": canonical.sha256(canonical.plain(engine)),
            },
            at=at,
        )
    return row


def add_price_version(
    *, service: Service, valid_from: date, source: str, definition: Mapping[str, Any], by: Actor, at: datetime
) -> PriceVersion:
    """Enter a version of a service's prices; ``definition`` has ``base_fee`` and ``charges`` as the engine reads them.

    Raises:
        Invalid: something does not hold.
        MonthFixed: it would hold in a month that is calculated already.
    """
    row = PriceVersion(
        service=service,
        version=_next(PriceVersion.objects.filter(service=service)),
        valid_from=check_month("valid_from", valid_from),
        source=check_text("source", source, most=SOURCE_LENGTH),
        definition=dict(definition),
        entered_by=person_of(by),
        entered_at=at,
    )
    engine = prices_of(row)
    if engine.base_fee < 0 or any(tier.price < 0 for charge in engine.charges for tier in charge.tiers):
        raise refused("definition", _("Preise sind nicht negativ. Ein Nachlass ist eine Berichtigung."))
    for charge in engine.charges:
        check_meter("charges", charge.meter)
    with guarded("valid_from"):
        row.save(force_insert=True)
        audit.record(
            action="billing.price.version_added",
            subject=f"billing.service:{service.code}",
            by=by,
            changes={
                "version": row.version,
                "valid_from": valid_from.isoformat(),
                "definition": canonical.sha256(canonical.plain(engine)),
            },
            at=at,
        )
    return row


def add_regime_version(
    *, service: Service, valid_from: date, regime: str, source: str, by: Actor, at: datetime
) -> RegimeVersion:
    """Say under which regime a service is billed from a month on.

    Raises:
        Invalid: there is no such regime, or source or day does not hold.
        MonthFixed: it would hold in a month that is calculated already.
    """
    if regime not in Regime.values:
        raise refused(
            "regime",
            _("„%(regime)s“ ist keine Steuerart. Wählen Sie LEVY, PUB, CSG oder STD.") % {"regime": regime},
        )
    row = RegimeVersion(
        service=service,
        version=_next(RegimeVersion.objects.filter(service=service)),
        valid_from=check_month("valid_from", valid_from),
        regime=regime,
        source=check_text("source", source, most=SOURCE_LENGTH),
        entered_by=person_of(by),
        entered_at=at,
    )
    with guarded("valid_from"):
        row.save(force_insert=True)
        audit.record(
            action="billing.regime.version_added",
            subject=f"billing.service:{service.code}",
            by=by,
            changes={"version": row.version, "valid_from": valid_from.isoformat(), "regime": regime},
            at=at,
        )
    return row


def key_of(row: KeyVersion) -> keys.KeyVersion:
    """The version as the engine knows it.

    Raises:
        Invalid: the definition does not hold.
    """
    given = {
        **row.definition,
        "key": row.key,
        "name": row.name,
        "version": row.version,
        "valid_from": row.valid_from.isoformat(),
        "source": row.source,
    }
    with spoken():
        return read(keys.KeyVersion, given)


def prices_of(row: PriceVersion) -> prices.PriceVersion:
    """The version as the engine knows it; without a module every member pays.

    Raises:
        Invalid: the definition does not hold.
    """
    given = {
        **row.definition,
        "service": row.service.code,
        "name": row.service.title,
        "version": row.version,
        "valid_from": row.valid_from.isoformat(),
        "source": row.source,
        "module": row.service.module,
    }
    with spoken():
        return read(prices.PriceVersion, given)


def _next(versions: Any) -> int:
    """The number after the last; two at once end at the constraint, and one of them tries again."""
    return int(versions.aggregate(last=Max("version"))["last"] or 0) + 1
