# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with accounts, and which role may do what in the whole platform."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from django.utils.translation import gettext_lazy as _

from verbund.kernel import registry
from verbund.kernel.texts import LazyText


class AccountsPermission(StrEnum):
    """Permissions of this package."""

    MANAGE_PEOPLE = "accounts:person:manage"
    MANAGE_TOKENS = "accounts:token:manage"


LABELS: dict[str, LazyText] = {
    AccountsPermission.MANAGE_PEOPLE: _("Personen einladen und verwalten"),
    AccountsPermission.MANAGE_TOKENS: _("Zugangsschlüssel ausgeben und sperren"),
}


# What somebody of the association who looks after some members only may not do: each would lead past the limit.
FOR_ALL_MEMBERS = frozenset(
    {
        str(AccountsPermission.MANAGE_PEOPLE),
        str(AccountsPermission.MANAGE_TOKENS),
        "audit:entry:read",  # the association's record names every member
        "tenants:keys:renew",
        "tenants:tenant:onboard",
    }
)


@cache
def permissions_of(role: str) -> frozenset[str]:
    """Everything the packages and modules grant to a role; nothing for a role nobody knows."""
    return frozenset(
        str(permission) for spec in registry.all_specs() for permission in spec.grants.get(role, ())
    )


@cache
def all_permissions() -> frozenset[str]:
    """Every permission any package or module declares."""
    return frozenset(str(permission) for spec in registry.all_specs() for permission in spec.permissions)
