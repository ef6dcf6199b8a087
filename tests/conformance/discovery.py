# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds every page and every service of the platform, so that no test has to list them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

from verbund.proof.routes import UNSAFE, Route, methods, routes

__all__ = ["Route", "routes", "services", "unsafe_methods"]
_WITHOUT_SERVICES = ("verbund.embedded", "verbund.config", "verbund.kernel", "verbund.proof")


def unsafe_methods(view: Callable[..., Any]) -> frozenset[str] | None:
    """Methods that may change something; None when the view does not say which it takes."""
    declared = methods(view)
    return declared & UNSAFE if declared is not None else None


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
