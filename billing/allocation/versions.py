# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which version of a key or a price holds in a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from billing.allocation.refusal import Refused
from billing.allocation.spans import Period, german
from verbund.kernel.msgids import gettext_noop


class Versioned(Protocol):
    """What is resolved, holds from a day on, and is replaced by the next version instead of being edited."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def valid_from(self) -> date: ...


V = TypeVar("V", bound=Versioned)


def in_force(field: str, name: str, versions: Iterable[V], period: Period) -> V:
    """The version that holds on the first day of the period and to its end.

    Raises:
        Refused: there is none, two begin on the same day, or another begins within the period.
    """
    ordered = sorted(versions, key=lambda version: (version.valid_from, version.version))
    begun = [version for version in ordered if version.valid_from <= period.first]
    if not begun:
        raise Refused(
            field,
            gettext_noop(
                "„%(name)s“ hat am %(day)s keine gültige Fassung. Legen Sie eine Fassung an, die spätestens dann gilt."
            ),
            {"name": name, "day": german(period.first)},
        )
    for version in ordered:
        if period.first < version.valid_from <= period.last:
            raise Refused(
                field,
                gettext_noop(
                    "„%(name)s“ wechselt am %(day)s die Fassung, mitten im Zeitraum. Rechnen Sie die Zeit davor und danach getrennt ab."
                ),
                {"name": name, "day": german(version.valid_from)},
            )
    if len(begun) > 1 and begun[-2].valid_from == begun[-1].valid_from:
        raise Refused(
            field,
            gettext_noop(
                "„%(name)s“ hat zwei Fassungen, die am %(day)s beginnen. Nehmen Sie eine davon zurück."
            ),
            {"name": name, "day": german(begun[-1].valid_from)},
        )
    return begun[-1]
