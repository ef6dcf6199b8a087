# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done in the console; who may see and onboard members is said by the registry of members."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class ConsolePermission(StrEnum):
    """Permissions of this package."""

    READ_USAGE = "console:usage:read"


LABELS: dict[str, LazyText] = {
    ConsolePermission.READ_USAGE: _("Nutzung aller Kommunen ansehen"),
}


class TenantPermission(StrEnum):
    """The permissions of the registry that guard these pages."""

    READ = "tenants:tenant:read"
    ONBOARD = "tenants:tenant:onboard"
    MANAGE = "tenants:tenant:manage"
    RENEW_KEYS = "tenants:keys:renew"
