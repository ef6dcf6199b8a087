# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose tables stand in the scope at work."""

from __future__ import annotations

from django.apps import apps

from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.specs import AppScope


def stands_here(model: str) -> bool:
    """Whether the model (`defects.Report`) has a table in what is entered, a municipality or the association."""
    is_municipality = isinstance(context.current(), Municipality)
    scope = AppScope.MUNICIPALITY if is_municipality else AppScope.ASSOCIATION
    config = apps.get_app_config(model.partition(".")[0])
    names = {config.name, f"{config.__module__}.{type(config).__name__}"}
    return not names.isdisjoint(registry.apps(scope, AppScope.BOTH))
