# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page knows: whose it is, the navigation of its shell, and what packages add."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.ports import is_active
from verbund.kernel.specs import ModuleSpec, NavigationItem


def page(request: HttpRequest) -> dict[str, Any]:
    """The shared part of the template context."""
    scope = context.current_or_none()
    if scope is None:
        return {}
    values: dict[str, Any] = {
        "municipality": scope if isinstance(scope, Municipality) else None,
        "navigation": {area: _navigation(request, area) for area in ("public", "staff", "console")},
    }
    for spec in registry.all_specs():
        if spec.context is not None:
            values.update(registry.load(spec.context)(request))  # type: ignore[operator]  # conformance test
    return values


def _navigation(request: HttpRequest, area: str) -> list[dict[str, Any]]:
    may = getattr(getattr(request, "user", None), "may", lambda _permission: False)
    items = []
    for item in _items(area):
        if item.permission is not None and not may(item.permission):
            continue
        try:
            url = reverse(item.url_name, urlconf=getattr(request, "urlconf", None))
        except NoReverseMatch:
            continue
        badge = registry.load(item.badge)(request) if item.badge else None  # type: ignore[operator]  # conformance test
        is_current = request.path == url or (url.count("/") > 1 and request.path.startswith(url))
        items.append(
            {
                "label": item.label,
                "url": url,
                "is_current": is_current,
                "description": item.description,
                "badge": badge,
            }
        )
    return items


def _items(area: str) -> list[NavigationItem]:
    scope = context.current()
    found = [
        item
        for spec in registry.all_specs()
        if not isinstance(spec, ModuleSpec) or is_active(scope, spec.slug)
        for item in spec.navigation
        if item.area == area
    ]
    return sorted(found, key=lambda item: (item.order, str(item.url_name)))
