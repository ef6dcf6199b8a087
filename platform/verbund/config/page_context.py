# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page knows: whose it is, the navigation of its shell, and what packages add."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from verbund.kernel import context, registry
from verbund.kernel.context import Municipality, Scope
from verbund.kernel.ports import Notice, is_active
from verbund.kernel.specs import ModuleSpec, NavigationItem

# Pages below them that stand in no menu are not their part.
_HOMES = frozenset({"/", "/verwaltung/"})


def page(request: HttpRequest) -> dict[str, Any]:
    """The shared part of the template context."""
    scope = context.current_or_none()
    if scope is None:
        return {}
    values: dict[str, Any] = {
        "municipality": scope if isinstance(scope, Municipality) else None,
        "navigation": SimpleLazyObject(lambda: _navigation(request, _area(request, scope))),
        "notices": SimpleLazyObject(lambda: _notices(request, scope)),
    }
    for spec in registry.all_specs():
        if spec.context is not None:
            values.update(registry.load(spec.context)(request))  # type: ignore[operator]  # conformance test
    return values


def _notices(request: HttpRequest, scope: Scope) -> list[Notice]:
    """What the packages have to say to staff or operators; asked for by their shells alone."""
    is_signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if not is_signed_in:
        return []
    where = "notices" if isinstance(scope, Municipality) else "notices_association"
    said = [
        notice
        for spec in registry.all_specs()
        for dotted in getattr(spec, where)
        for notice in registry.load(dotted)(request)  # type: ignore[operator]  # conformance test
    ]
    return sorted(said, key=lambda notice: notice.order)


def _area(request: HttpRequest, scope: Scope) -> str:
    """Whose menu the page shows: people at work see theirs also on the pages of their own account."""
    if not isinstance(scope, Municipality):
        return "console"
    is_signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    if request.path.startswith("/verwaltung/") or (request.path.startswith("/konto/") and is_signed_in):
        return "staff"
    return "public"


def _navigation(request: HttpRequest, area: str) -> list[dict[str, Any]]:
    may = getattr(getattr(request, "user", None), "may", lambda _permission: False)
    items: list[dict[str, Any]] = []
    for item in _items(area):
        if item.permission is not None and not may(item.permission):
            continue
        try:
            url = reverse(item.url_name, urlconf=getattr(request, "urlconf", None))
        except NoReverseMatch:
            continue
        badge = registry.load(item.badge)(request) if item.badge else None  # type: ignore[operator]  # conformance test
        items.append({"label": item.label, "url": url, "description": item.description, "badge": badge})
    # The longest address that fits is where we are: /verwaltung/ is the beginning of every staff page.
    here = max((item["url"] for item in items if _leads_to(item["url"], request.path)), key=len, default="")
    return [{**item, "is_current": item["url"] == here} for item in items]


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url not in _HOMES and path.startswith(url))


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
