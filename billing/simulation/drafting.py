# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A key that is only tried, as the engine knows it, and making it a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from billing.allocation.keys import Basis
from billing.allocation.keys import KeyVersion as EngineKey
from billing.allocation.reading import read
from billing.costs.models import KeyVersion
from billing.costs.versions import add_key_version, key_of
from billing.refusals import spoken
from billing.simulation.facts import facts_of
from billing.simulation.reach import Reach, reaches
from billing.simulation.trial import Comparison, compare, shares
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict

_SAME = ("module", "exempt", "limits", "name")


def draft_of(*, key: str, name: str, definition: Mapping[str, Any], number: int = 1) -> EngineKey:
    """The definition as a version that holds in whatever month it is tried.

    Raises:
        Invalid: the definition does not hold; the field is its place.
    """
    given = {
        **definition,
        "key": key,
        "name": name,
        "version": number,
        "valid_from": date.min.isoformat(),
        "source": "",
    }
    with spoken():
        return read(EngineKey, given)


def tried(*, key: str, draft: EngineKey, reach: Reach) -> Comparison:
    """What the draft would give beside what held; the association must be entered.

    Raises:
        Invalid: the months or the draft leave no allocation; the field is `period` or the draft's.
    """
    facts = facts_of(key=key, draft=draft, reach=reach)
    with spoken():
        return compare(facts)


def adopt_draft(
    *,
    key: str,
    name: str,
    valid_from: date,
    source: str,
    definition: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> KeyVersion:
    """Make a tried key a version, if it allocates the newest month that has costs. Audited by the version service.

    Raises:
        Invalid: the definition does not hold, or comes to zero with the figures of that month.
        Conflict: it is the version that would hold then anyway.
        MonthFixed: it would hold in a month that is calculated already.
    """
    draft = draft_of(key=key, name=name, definition=definition)
    held = (
        KeyVersion.objects.filter(key=key, valid_from__lte=valid_from)
        .order_by("valid_from", "version")
        .last()
    )
    if held is not None and _is_same(key_of(held), draft):
        sentence = _(
            "Das ist die Fassung, die dann schon gilt. Ändern Sie ein Gewicht, eine Grenze oder den Namen."
        )
        raise Conflict(sentence, fields={"parts": sentence})
    newest = next(iter(reaches(key)), None)
    if newest is not None:
        _refuse_unusable(key, draft, newest)
    return add_key_version(
        key=key, name=name, valid_from=valid_from, source=source, definition=definition, by=by, at=at
    )


def _refuse_unusable(key: str, draft: EngineKey, reach: Reach) -> None:
    """The draft has to allocate the month; whether the version that held did so is not asked."""
    with spoken():
        for month in facts_of(key=key, draft=draft, reach=reach):
            shares(month.material, month.tried)


def _is_same(one: EngineKey, other: EngineKey) -> bool:
    """Whether they share alike and are called the same; of weights only the relation counts."""
    return _relations(one) == _relations(other) and all(
        getattr(one, field) == getattr(other, field) for field in _SAME
    )


def _relations(key: EngineKey) -> dict[Basis, Fraction]:
    whole = sum(Fraction(part.weight) for part in key.parts)
    return {part.basis: Fraction(part.weight) / whole for part in key.parts}
