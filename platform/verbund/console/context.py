# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page of the console knows: whether the reader may onboard and manage members."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from verbund.console.permissions import TenantPermission
from verbund.kernel import context
from verbund.kernel.context import Association

# Of the pages of support access, which the page of a member leads to.
_SUPPORT = "support:access:read"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context; empty on a municipality's host."""
    if not isinstance(context.current_or_none(), Association):
        return {}
    may = getattr(getattr(request, "user", None), "may", None)
    return {
        "may_onboard": bool(may and may(TenantPermission.ONBOARD)),
        "may_manage": bool(may and may(TenantPermission.MANAGE)),
        "may_see_support": bool(may and may(_SUPPORT)),
    }
