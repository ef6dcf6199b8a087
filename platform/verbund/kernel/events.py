# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts one module tells the others, without knowing them, inside the transaction that made them true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from verbund.kernel import context, registry
from verbund.kernel.ports import is_active
from verbund.kernel.specs import ModuleSpec


@dataclass(frozen=True)
class Event:
    """Base of all events: past participles with ids and values, never objects of the database."""


Handler = Callable[[Event], None]


@cache
def _handlers(name: str) -> tuple[tuple[str | None, Handler], ...]:
    found: list[tuple[str | None, Handler]] = []
    for spec in registry.all_specs():
        owner = spec.slug if isinstance(spec, ModuleSpec) else None
        for receiver in spec.receivers:
            if receiver.event == name:
                handler = registry.load(receiver.handler)
                if callable(handler):
                    found.append((owner, handler))
    return tuple(found)


def publish(event: Event) -> None:
    """Call every receiver in the order of the registry; a receiver that raises undoes the publisher's work.

    Receivers of a module that is off for the municipality are passed over.
    """
    scope = context.current()
    for owner, handler in _handlers(type(event).__name__):
        if owner is None or is_active(scope, owner):
            handler(event)
