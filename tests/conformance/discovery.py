# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds every page and every service of the platform, so that no test has to list them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

URLCONFS = {
    "municipality": "verbund.config.urls.municipality",
    "association": "verbund.config.urls.association",
}
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_WITHOUT_SERVICES = ("verbund.embedded", "verbund.config", "verbund.kernel")


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


def unsafe_methods(view: Callable[..., Any]) -> frozenset[str] | None:
    """Methods that may change something; None when the view does not say which it takes."""
    if hasattr(view, "actions") and view.actions:
        return frozenset(method.upper() for method in view.actions) & UNSAFE
    owner = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if owner is not None:
        taken = {method.upper() for method in getattr(owner, "http_method_names", ())}
        return frozenset(method for method in UNSAFE & taken if hasattr(owner, method.lower()))
    return _declared(view)


def _declared(view: Callable[..., Any]) -> frozenset[str] | None:
    """What `require_http_methods` was given, anywhere under the decorators."""
    seen: Any = view
    while seen is not None:
        owner = getattr(seen, "cls", None) or getattr(seen, "view_class", None)
        if owner is not None and seen is not view:
            return unsafe_methods(seen)
        variables = inspect.getclosurevars(seen).nonlocals if inspect.isfunction(seen) else {}
        if "request_method_list" in variables:
            return frozenset(variables["request_method_list"]) & UNSAFE
        seen = getattr(seen, "__wrapped__", None)
    return None


def services() -> dict[str, Callable[..., Any]]:
    """Every public function that takes `by` and `at` by keyword: the house's mark of a service."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        for name, function in vars(module).items():
            if (
                not name.startswith("_")
                and inspect.isfunction(function)
                and function.__module__ == module.__name__
            ):
                parameters = inspect.signature(function).parameters
                keywords = {key for key, value in parameters.items() if value.kind is value.KEYWORD_ONLY}
                if {"by", "at"} <= keywords:
                    found[f"{module.__name__}.{name}"] = function
    return dict(sorted(found.items()))


def _modules() -> Iterator[Any]:
    for root in ("verbund", "tenants", "billing"):
        package = importlib.import_module(root)
        for info in pkgutil.walk_packages(package.__path__, f"{root}."):
            skipped = info.name.startswith(_WITHOUT_SERVICES) or ".migrations" in info.name
            if not skipped:
                yield importlib.import_module(info.name)
