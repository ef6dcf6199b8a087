# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work that must find new hands before somebody leaves; the modules that have such work offer it as a port."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from verbund.kernel import context, registry
from verbund.kernel.actors import Actor
from verbund.kernel.ports import is_active
from verbund.kernel.specs import ModuleSpec


class OpenWork(Protocol):
    """The port `OpenWork`: several packages may offer it, each for its own work."""

    def count(self, person_id: int) -> int:
        """How many open things are assigned to the person."""

    def reassign(self, *, from_person: int, to_person: int, by: Actor, at: datetime) -> int:
        """Give all of them to somebody else, in the caller's transaction; returns how many."""


def open_work(person_id: int) -> int:
    """How much is still assigned to the person, over all modules that are on."""
    return sum(source.count(person_id) for source in _sources())


def hand_over(*, from_person: int, to_person: int, by: Actor, at: datetime) -> int:
    """Give everything open to somebody else; returns how much it was."""
    return sum(
        source.reassign(from_person=from_person, to_person=to_person, by=by, at=at) for source in _sources()
    )


def _sources() -> Iterator[OpenWork]:
    for spec in registry.all_specs():
        dotted = spec.ports.get("OpenWork")
        if dotted is None or (isinstance(spec, ModuleSpec) and not is_active(context.current(), spec.slug)):
            continue
        yield registry.load(dotted)  # type: ignore[misc]  # the spec names an object of that protocol
