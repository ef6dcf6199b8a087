# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What packages and modules offer to be told about, and what they say of it at this moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from verbund.kernel import context, registry
from verbund.kernel.offers import SubscriptionTopic
from verbund.kernel.ports import News, is_active
from verbund.kernel.specs import ModuleSpec
from verbund.kernel.texts import LazyText


@cache
def _owners() -> dict[str, tuple[SubscriptionTopic, str | None]]:
    """Every topic with the module it belongs to, or None for a package that is always there."""
    return {
        topic.slug: (topic, spec.slug if isinstance(spec, ModuleSpec) else None)
        for spec in registry.all_specs()
        for topic in spec.subscriptions
    }


def active_topics() -> dict[str, LazyText]:
    """Slug and label of what one can subscribe to in the entered municipality."""
    scope = context.current()
    return {
        slug: topic.label
        for slug, (topic, module) in _owners().items()
        if module is None or is_active(scope, module)
    }


def news_of(topic: str, keys: Collection[str]) -> dict[str, News]:
    """What everybody may read now about these objects, by key; the rest is missing."""
    if not keys or topic not in active_topics():
        return {}
    found: Iterable[News] = registry.load(_owners()[topic][0].news)(keys)  # type: ignore[operator]  # as the spec says
    return {news.key: news for news in found}
