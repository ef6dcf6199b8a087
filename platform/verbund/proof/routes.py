# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of both hosts with the methods it takes, read from the resolver: nothing is listed by hand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic.edit import ProcessFormView

URLCONFS = {
    "municipality": "verbund.config.urls.municipality",
    "association": "verbund.config.urls.association",
}
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
UNSAFE = METHODS - {"GET"}


@dataclass(frozen=True)
class Route:
    """One pattern of one host: ``name`` with its namespaces, the address as written, the view."""

    host: str
    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def key(self) -> str:
        """`municipality defects-staff:answer`; the address where there is no name."""
        return f"{self.host} {self.name or self.pattern}"

    @property
    def has_arguments(self) -> bool:
        """Whether the address names something."""
        return "<" in self.pattern

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]


def routes() -> list[Route]:
    """Every pattern of both hosts."""
    return [
        route for host, urlconf in URLCONFS.items() for route in _walk(host, get_resolver(urlconf), "", "")
    ]


def _walk(host: str, resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(
                host, entry, pattern, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern):
            yield Route(host, f"{namespace}{entry.name}" if entry.name else "", pattern, entry.callback)


def methods(view: Callable[..., Any]) -> frozenset[str] | None:
    """Methods the view answers, HEAD and OPTIONS aside; None when it does not say."""
    if hasattr(view, "actions") and view.actions:
        return frozenset(method.upper() for method in view.actions) & METHODS
    owner = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if owner is not None:
        taken = {method.upper() for method in getattr(owner, "http_method_names", ())}
        return frozenset(method for method in METHODS & taken if hasattr(owner, method.lower()))
    return _declared(view)


def is_form_by_put(view: Callable[..., Any]) -> bool:
    """Whether PUT is only Django's other name for POST, which finds no form in such a request."""
    seen: Any = view
    while seen is not None:
        owner = getattr(seen, "view_class", None)
        if owner is not None:
            return getattr(owner, "put", None) is ProcessFormView.put
        seen = getattr(seen, "__wrapped__", None)
    return False


def _declared(view: Callable[..., Any]) -> frozenset[str] | None:
    """What `require_http_methods` was given, anywhere under the decorators."""
    seen: Any = view
    while seen is not None:
        owner = getattr(seen, "cls", None) or getattr(seen, "view_class", None)
        if owner is not None and seen is not view:
            return methods(seen)
        variables = inspect.getclosurevars(seen).nonlocals if inspect.isfunction(seen) else {}
        if "request_method_list" in variables:
            return frozenset(variables["request_method_list"]) & METHODS
        seen = getattr(seen, "__wrapped__", None)
    return None
