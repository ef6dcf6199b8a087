# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The material of a run, checked and looked up: who is a member on which days, and what each figure is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.allocation.keys import INHABITANTS, Basis, EqualShare, GivenFigures, Inhabitants, Usage
from billing.allocation.material import Figure, Material, Reading, Snapshot, Step
from billing.allocation.refusal import Refused
from billing.allocation.spans import german
from verbund.kernel.msgids import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A member's figure under a basis: ``numerator`` is what counts, ``steps`` what it was added up from.

    ``uncounted`` is usage on days on which the member was none, or had not booked the module: it is said, not shared.
    """

    numerator: int
    figure: int
    source: str
    steps: tuple[Step, ...] = ()
    uncounted: int = 0


class Ground:
    """Looks things up in the material; nothing here depends on the order of it."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.period = material.period
        self.names = {item.member: item.name for item in material.memberships}
        self._snapshots: dict[tuple[str, date, str], tuple[Snapshot, dict[str, Figure]]] = {}
        self._readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
        self._booked: dict[tuple[str, str], frozenset[date]] = {}
        self._check_members()
        self._member_days = {
            item.member: self.period.within(item.spans)
            for item in sorted(material.memberships, key=lambda item: item.member)
        }
        self._take_snapshots()
        self._take_readings()
        self._take_bookings()

    def _check_members(self) -> None:
        _once("memberships", (item.member for item in self.material.memberships))
        known = self.names.keys()
        named = {item.member for item in self.material.readings} | {
            item.member for item in self.material.bookings
        }
        for member in sorted(named):
            if member not in known:
                raise Refused(
                    "member",
                    gettext_noop(
                        "„%(member)s“ ist kein Mitglied. Berichtigen Sie die Kommune oder nehmen Sie sie als Mitglied auf."
                    ),
                    {"member": member},
                )

    def _take_snapshots(self) -> None:
        _once(
            "snapshots",
            (
                f"{item.series}, {german(item.reference_date)}, {item.census}"
                for item in self.material.snapshots
            ),
        )
        for snapshot in self.material.snapshots:
            identity = (snapshot.series, snapshot.reference_date, snapshot.census)
            _once("figures", (figure.member for figure in snapshot.figures))
            for figure in snapshot.figures:
                _check_figure(snapshot, figure)
            self._snapshots[identity] = snapshot, {figure.member: figure for figure in snapshot.figures}

    def _take_readings(self) -> None:
        _once(
            "readings",
            (
                f"{item.meter}, {item.member}, {german(item.day)}, {item.source}"
                for item in self.material.readings
            ),
        )
        for reading in self.material.readings:
            if not self.period.covers(reading.day):
                raise Refused(
                    "day",
                    gettext_noop(
                        "Der Zählerstand „%(meter)s“ vom %(day)s liegt nicht im Zeitraum. Rechnen Sie ihn in seinem ab."
                    ),
                    {"meter": reading.meter, "day": german(reading.day)},
                )
            self._readings[reading.meter, reading.member].append(reading)

    def _take_bookings(self) -> None:
        for booking in self.material.bookings:
            identity = (booking.module, booking.member)
            days = self.period.within([booking.span]) & self._member_days[booking.member]
            self._booked[identity] = self._booked.get(identity, frozenset()) | days

    def days(self, module: str = "") -> dict[str, frozenset[date]]:
        """The days that count for each member, in the order of the members' keys; who has none is not in it."""
        found = {
            member: self._booked.get((module, member), frozenset()) if module else days
            for member, days in self._member_days.items()
        }
        return {member: days for member, days in found.items() if days}

    def measure(self, basis: Basis, member: str, days: frozenset[date]) -> Measured:
        """The member's figure under the basis.

        Raises:
            Refused: there is no such figure.
        """
        match basis:
            case EqualShare():
                return Measured(numerator=len(days), figure=1, source="equal")
            case Usage(meter=meter):
                return self.used(meter, member, days)
            case Inhabitants(reference_date=day, census=census):
                return self._figure(INHABITANTS, day, census, member, len(days))
            case GivenFigures(series=series, reference_date=day):
                return self._figure(series, day, "", member, len(days))

    def used(self, meter: str, member: str, days: frozenset[date]) -> Measured:
        """What a meter counted for a member on these days, and what on others."""
        readings = sorted(self._readings.get((meter, member), ()), key=lambda item: (item.day, item.source))
        counted = [reading for reading in readings if reading.day in days]
        quantity = sum(reading.quantity for reading in counted)
        if quantity < 0:
            raise Refused(
                "readings",
                gettext_noop(
                    "„%(meter)s“ von %(member)s ist zusammen negativ. Berichtigen Sie höchstens so viel, wie gezählt wurde."
                ),
                {"meter": meter, "member": self.names[member]},
            )
        return Measured(
            numerator=quantity,
            figure=quantity,
            source=meter,
            steps=tuple(
                Step(label=f"{reading.day.isoformat()} {reading.source}", quantity=reading.quantity)
                for reading in counted
            ),
            uncounted=sum(reading.quantity for reading in readings) - quantity,
        )

    def _figure(self, series: str, day: date, census: str, member: str, days: int) -> Measured:
        found = self._snapshots.get((series, day, census))
        if found is None:
            raise Refused(
                "snapshots",
                gettext_noop(
                    "Es fehlen die Zahlen „%(series)s“ vom %(day)s (%(census)s). Lesen Sie die Datei dazu ein."
                ),
                {"series": series, "day": german(day), "census": census or "–"},
            )
        snapshot, figures = found
        figure = figures.get(member)
        if figure is None:
            raise Refused(
                "figures",
                gettext_noop(
                    "In den Zahlen „%(series)s“ vom %(day)s fehlt %(member)s. Ergänzen Sie die Zahl oder befreien Sie das Mitglied im Schlüssel."
                ),
                {"series": series, "day": german(day), "member": self.names[member]},
            )
        return Measured(
            numerator=figure.value * days,
            figure=figure.value,
            source=snapshot.source,
            steps=tuple(sorted(figure.steps, key=lambda step: (step.label, step.quantity))),
        )


def _check_figure(snapshot: Snapshot, figure: Figure) -> None:
    if figure.value < 0 or (figure.steps and sum(step.quantity for step in figure.steps) != figure.value):
        raise Refused(
            "figures",
            gettext_noop(
                "In den Zahlen „%(series)s“ ist die von %(member)s negativ oder nicht die Summe ihrer Teile. Berichtigen Sie die Datei."
            ),
            {"series": snapshot.series, "member": figure.member},
        )


def _once(field: str, names: Iterable[str]) -> None:
    """Refuse what is there twice: which of the two counts is not ours to guess."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Refused(
                field,
                gettext_noop("„%(name)s“ ist doppelt angegeben. Streichen Sie die falsche Angabe."),
                {"name": name},
            )
        seen.add(name)
