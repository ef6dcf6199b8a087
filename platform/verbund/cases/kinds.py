# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of cases that packages and modules bring, and which of them somebody may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Protocol

from verbund.cases.errors import NothingAsked
from verbund.kernel import context, registry
from verbund.kernel.offers import CaseKind
from verbund.kernel.ports import CaseStatus, is_active
from verbund.kernel.specs import InvalidSpec, ModuleSpec


class MayAsk(Protocol):
    """A person, a guest or an actor: whoever can be asked what they may."""

    def may(self, permission: str, /) -> bool: ...


@cache
def _owners() -> dict[str, tuple[CaseKind, str | None]]:
    """Every kind with the module it belongs to, or None for a package that is always there."""
    return {
        kind.slug: (kind, spec.slug if isinstance(spec, ModuleSpec) else None)
        for spec in registry.all_specs()
        for kind in spec.cases
    }


def kind_of(slug: str) -> CaseKind:
    """The kind of that name.

    Raises:
        KeyError: nobody brings it; a row of a module that is gone.
    """
    return _owners()[slug][0]


def active_kinds() -> list[CaseKind]:
    """The kinds of the entered municipality: those of packages, and of modules that are on."""
    scope = context.current()
    return [kind for kind, module in _owners().values() if module is None or is_active(scope, module)]


def readable_kinds(who: MayAsk) -> list[CaseKind]:
    """The kinds of the entered municipality whose cases that person may read."""
    return [kind for kind in active_kinds() if who.may(kind.read_permission)]


def path_of(kind: CaseKind, reference: str) -> str:
    """The page for staff on the municipality's host."""
    return _asked(kind.path, reference)


def state_label(kind: CaseKind, state: str) -> str:
    """What people read for a state of that kind, in the language at work."""
    return _asked(kind.state_label, state)


def statuses_of(kind: CaseKind, references: Sequence[str]) -> dict[str, CaseStatus]:
    """What their sender sees of some cases of a kind; in as many queries for many as for one."""
    if not kind.status:
        return {}
    shown: dict[str, CaseStatus] = registry.load(kind.status)(references)  # type: ignore[operator]  # checked by a conformance test
    return shown


def reply_to(kind: CaseKind, reference: str, text: str, at: datetime) -> None:
    """Hand the sender's answer to the kind's owner.

    Raises:
        NothingAsked: the office has asked nothing.
    """
    if not kind.reply:
        raise NothingAsked
    registry.load(kind.reply)(reference, text, at)  # type: ignore[operator]  # checked by a conformance test


def _asked(dotted: str, value: str) -> str:
    answer = registry.load(dotted)
    if not callable(answer):
        raise InvalidSpec(f"{dotted} lässt sich nicht aufrufen.")
    return str(answer(value))
