# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""To whom the entered municipality can send."""

from __future__ import annotations

from dataclasses import dataclass

from verbund.jobs.directory import WITH_DATA, active_municipalities, municipality_by_key
from verbund.kernel import context
from verbund.kernel.context import Municipality, municipality_key


@dataclass(frozen=True, slots=True)
class Partner:
    """Another municipality, with the keys (AGS) of the bodies it serves."""

    number: int
    name: str
    bodies: tuple[str, ...]


def partners(*, module: str = "") -> list[Partner]:
    """All that serve now and use the module, by name; copies of another are not among them."""
    own = context.current_municipality()
    found = [
        Partner(other.number, other.display_name, tuple(body.ags for body in other.bodies))
        for other in active_municipalities()
        if _may_write(own, other) and (not module or module in other.modules)
    ]
    return sorted(found, key=lambda partner: partner.name.casefold())


def partner(number: int, *, module: str = "") -> Partner | None:
    """One of them, or None."""
    return next((found for found in partners(module=module) if found.number == number), None)


def name_of(number: int) -> str:
    """What a municipality with data is called, whether it serves or not; empty for all others."""
    found = municipality_by_key(municipality_key(number), WITH_DATA)
    return found.display_name if found is not None else ""


def _may_write(own: Municipality, other: Municipality) -> bool:
    is_copy = other.bound_to != other.key
    return other.number != own.number and not is_copy and other.is_of_proof == own.is_of_proof
