# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes a population series in, once, and says which members it does not cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from billing.allocation.keys import INHABITANTS
from billing.models import FigureSnapshot, SnapshotFigure
from billing.population_file import PopulationFile, parse
from tenants.models import Body
from verbund.audit import api as audit
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file holds: municipalities, lines with sums, and the members' municipalities that are not in it."""

    municipalities: int
    inhabitants: int
    passed_over: int
    missing: tuple[str, ...]
    file_sha256: str
    is_new: bool


def look_at(*, content: bytes, reference_date: date, census: str, today: date) -> Taken:
    """What taking the file in would do; nothing is written. The association must be entered.

    Raises:
        Invalid: the file does not hold, or the date lies ahead.
        Conflict: other figures of that day and census are there already.
    """
    return _taken(parse(content), content, _known(content, reference_date, census, today), reference_date)


def read_population(
    *, content: bytes, reference_date: date, census: str, source: str, by: Actor, at: datetime
) -> Taken:
    """Keep the figures of a file; the same file again changes nothing. The association must be entered.

    Raises:
        Invalid: the file does not hold, the date lies ahead, or source or census is not named.
        Conflict: other figures of that day and census are there already: they are never overwritten.
    """
    for field, text in (("source", source), ("census", census)):
        if not text.strip():
            sentence = _(
                "Nennen Sie die Veröffentlichung und die Zensusbasis. Beide stehen später in jeder Herleitung."
            )
            raise Invalid(sentence, fields={field: sentence})
    file = parse(content)
    with transaction.atomic():
        known = _known(content, reference_date, census, clock.day_of(at))
        if known is None:
            snapshot = FigureSnapshot.objects.create(
                series=INHABITANTS,
                reference_date=reference_date,
                census=census,
                source=source,
                file_sha256=sha256(content).hexdigest(),
                read_at=at,
                read_by=by.name,
            )
            SnapshotFigure.objects.bulk_create(
                SnapshotFigure(snapshot=snapshot, ars=row.ars, name=row.name, value=row.inhabitants)
                for row in file.rows
            )
            audit.record(
                action="billing.population.read",
                subject=f"billing.snapshot:{snapshot.pk}",
                by=by,
                changes={
                    "reference_date": reference_date.isoformat(),
                    "census": census,
                    "municipalities": len(file.rows),
                    "file_sha256": snapshot.file_sha256,
                },
                at=at,
            )
        return _taken(file, content, known, reference_date)


def _known(content: bytes, reference_date: date, census: str, today: date) -> FigureSnapshot | None:
    if reference_date > today:
        sentence = _("Der Stichtag liegt in der Zukunft. Nennen Sie den Tag, für den die Zahlen gelten.")
        raise Invalid(sentence, fields={"reference_date": sentence})
    known = FigureSnapshot.objects.filter(
        series=INHABITANTS, reference_date=reference_date, census=census
    ).first()
    if known is not None and known.file_sha256 != sha256(content).hexdigest():
        raise Conflict(
            _(
                "Zu diesem Stichtag und Zensus sind schon andere Zahlen eingelesen. Sie bleiben, wie sie sind, weil nach ihnen abgerechnet sein kann. Geben Sie berichtigten Zahlen eine eigene Zensusbasis, zum Beispiel „Zensus 2022, berichtigt“."
            )
        )
    return known


def _taken(file: PopulationFile, content: bytes, known: FigureSnapshot | None, day: date) -> Taken:
    """Municipalities a member served on the day or serves later are missed when they are not in the file."""
    there = {row.ars for row in file.rows}
    served = (
        Body.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("ars").values_list("ars", "name")
    )
    return Taken(
        municipalities=len(file.rows),
        inhabitants=sum(row.inhabitants for row in file.rows),
        passed_over=file.passed_over,
        missing=tuple(f"{name} ({ars})" for ars, name in served if ars not in there),
        file_sha256=sha256(content).hexdigest(),
        is_new=known is None,
    )
