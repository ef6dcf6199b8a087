# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of messages the packages offer, and whether one is served in the entered municipality."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from verbund.exchange.errors import Refused
from verbund.kernel import context, registry
from verbund.kernel.offers import MessageKind
from verbund.kernel.ports import is_active
from verbund.kernel.specs import InvalidSpec, ModuleSpec


@cache
def _kinds() -> dict[str, tuple[MessageKind, str]]:
    """Every kind with the module it belongs to, which is empty for a package."""
    found: dict[str, tuple[MessageKind, str]] = {}
    for spec in registry.all_specs():
        for kind in spec.exchange:
            if kind.slug in found:
                raise InvalidSpec(f"Nachrichtenart {kind.slug} ist doppelt vergeben.")
            found[kind.slug] = (kind, spec.slug if isinstance(spec, ModuleSpec) else "")
    return found


def module_of(slug: str) -> str:
    """The module a kind belongs to; empty for a package's.

    Raises:
        Refused: there is no such kind.
    """
    found = _kinds().get(slug)
    if found is None:
        raise Refused("kind")
    return found[1]


def receiver_of(slug: str) -> Callable[[Any], object]:
    """Who takes a message of that kind in the entered municipality.

    Raises:
        Refused: there is no such kind, or its module is off.
    """
    module = module_of(slug)
    if module and not is_active(context.current(), module):
        raise Refused("module")
    return _callable(_kinds()[slug][0].receive)


def told_of_failure(slug: str) -> Callable[[Any], object] | None:
    """Who learns that a message of that kind could not be delivered; the work is done even if the module is off."""
    found = _kinds().get(slug)
    return _callable(found[0].undeliverable) if found and found[0].undeliverable else None


def _callable(dotted: str) -> Callable[[Any], object]:
    handler = registry.load(dotted)
    if not callable(handler):
        raise InvalidSpec(f"{dotted} lässt sich nicht aufrufen.")
    return handler
