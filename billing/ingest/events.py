# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One CloudEvent after the other: what it counts, or the field that does not hold and the way out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from billing.ingest.reasons import Reason
from verbund.metering.dimensions import canonical, checked
from verbund.metering.errors import NotCountable
from verbund.metering.ledger import Batch, Count
from verbund.metering.periods import hour_of

_AHEAD = timedelta(minutes=5)
_LARGEST = 2**53
_VERSION = 7


class BadEvent(Exception):
    """``field`` does not hold; the text says why and what to do, ``code`` is how it is kept."""

    def __init__(self, code: Reason, field: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.field = code, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """What a producer may report: its meters, and its municipalities by slug."""

    slug: str
    meters: frozenset[str]
    tenants: Mapping[str, int]


def batch_of(event: Any, reporter: Reporter, *, now: datetime) -> Batch:
    """The event as the ledger takes it: a batch of one, under a key made of producer and event id.

    Attributes as in CloudEvents 1.0: ``type`` is the meter, ``subject`` the municipality, ``data`` holds quantity and dimensions.

    Raises:
        BadEvent: something does not hold.
    """
    if not isinstance(event, dict):
        raise BadEvent(Reason.FORM, "", _("Ein Ereignis ist ein JSON-Objekt."))
    if event.get("specversion") != "1.0":
        raise BadEvent(Reason.VERSION, "specversion", _("Bitte senden Sie CloudEvents in der Fassung 1.0."))
    if event.get("source") != reporter.slug:
        raise BadEvent(
            Reason.SOURCE,
            "source",
            _("Der Schlüssel gehört zu „%(slug)s“; nennen Sie das als Quelle.") % {"slug": reporter.slug},
        )
    identifier = _identifier(event.get("id"), now)
    data = event.get("data")
    if not isinstance(data, dict):
        raise BadEvent(Reason.DATA, "data", _("Es fehlt „data“ mit der Menge („quantity“)."))
    count = Count(
        tenant=_tenant(event.get("subject"), reporter),
        meter=_meter(event.get("type"), reporter),
        hour=hour_of(_time(event.get("time"), now)),
        dimensions=_dimensions(data.get("dimensions")),
        quantity=_quantity(data.get("quantity")),
        n=1,
    )
    content = json.dumps([count.tenant, count.meter, event["time"], count.dimensions, count.quantity])
    return Batch(
        producer=f"{reporter.slug}/{identifier}",
        seq=_milliseconds(identifier),
        sha256=hashlib.sha256(content.encode()).digest(),
        counts=(count,),
    )


def _identifier(given: Any, now: datetime) -> UUID:
    try:
        found = UUID(given) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None or found.version != _VERSION:
        raise BadEvent(
            Reason.ID,
            "id",
            _(
                "Die Kennung ist eine UUID der Version 7, einmal vergeben und bei jeder Wiederholung dieselbe."
            ),
        )
    if _milliseconds(found) > (now + _AHEAD).timestamp() * 1000:
        raise BadEvent(
            Reason.ID_AHEAD,
            "id",
            _("Die Zeit in der Kennung liegt in der Zukunft. Bitte prüfen Sie die Uhr des Systems."),
        )
    return found


def _milliseconds(identifier: UUID) -> int:
    return identifier.int >> 80


def _tenant(given: Any, reporter: Reporter) -> int:
    if not isinstance(given, str) or given not in reporter.tenants:
        raise BadEvent(
            Reason.SUBJECT,
            "subject",
            _(
                "Für diese Kommune ist „%(slug)s“ nicht angemeldet. Nennen Sie ihr Kürzel, oder lassen Sie das System für sie anmelden."
            )
            % {"slug": reporter.slug},
        )
    return reporter.tenants[given]


def _meter(given: Any, reporter: Reporter) -> str:
    if not isinstance(given, str) or given not in reporter.meters:
        raise BadEvent(
            Reason.TYPE,
            "type",
            _("Angemeldet sind nur diese Zähler: %(meters)s.")
            % {"meters": ", ".join(sorted(reporter.meters))},
        )
    return given


def _time(given: Any, now: datetime) -> datetime:
    try:
        found = parse_datetime(given) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.year < 2000:  # noqa: PLR2004 (before it nothing was counted)
        raise BadEvent(
            Reason.TIME,
            "time",
            _("Der Zeitpunkt hat Datum, Uhrzeit und Zeitzone, zum Beispiel 2026-11-12T10:00:00Z."),
        )
    if found > now + _AHEAD:
        raise BadEvent(
            Reason.TIME_AHEAD,
            "time",
            _("Der Zeitpunkt liegt in der Zukunft. Bitte prüfen Sie die Uhr des Systems."),
        )
    return found.astimezone(UTC)


def _quantity(given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given < _LARGEST:
        raise BadEvent(
            Reason.QUANTITY,
            "data.quantity",
            _("Die Menge ist eine ganze Zahl ab 1. Was zu viel gemeldet wurde, berichtigt der Verband."),
        )
    return given


def _dimensions(given: Any) -> str:
    if given is None:
        return canonical({})
    is_text = isinstance(given, dict) and all(
        isinstance(value, str) for pair in given.items() for value in pair
    )
    try:
        return canonical(checked(given if is_text else {"": ""}))
    except NotCountable as refusal:
        raise BadEvent(
            Reason.DIMENSIONS,
            "data.dimensions",
            _("Höchstens vier Merkmale, jedes ein kurzer Bezeichner und nie etwas über eine Person."),
        ) from refusal
