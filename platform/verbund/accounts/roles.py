# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roles people hold, as the packages declare them."""

from __future__ import annotations

from functools import cache

from verbund.accounts.permissions import AccountsPermission, permissions_of
from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.specs import AppScope, Role


@cache
def _by_area(area: AppScope) -> tuple[Role, ...]:
    return tuple(
        role for spec in registry.all_specs() for role in spec.roles if role.area in {area, AppScope.BOTH}
    )


def roles() -> tuple[Role, ...]:
    """The roles that exist in the scope entered now, in the order they are declared."""
    return tuple(found for found in _here() if found.is_held_by_people)


def role(slug: str) -> Role | None:
    """The role of that name that people may hold in the scope entered now."""
    return next((found for found in roles() if found.slug == slug), None)


def label_of(slug: str) -> str:
    """The role's name for people; the slug itself where the role no longer exists."""
    found = next((found for found in _here() if found.slug == slug), None)
    return str(found.label) if found else slug


def keeper_roles() -> tuple[str, ...]:
    """Roles that may manage people here; one person must always hold one of them."""
    return tuple(
        found.slug for found in roles() if AccountsPermission.MANAGE_PEOPLE in permissions_of(found.slug)
    )


def _here() -> tuple[Role, ...]:
    is_municipality = isinstance(context.current(), Municipality)
    return _by_area(AppScope.MUNICIPALITY if is_municipality else AppScope.ASSOCIATION)
