# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about one's own usage and costs, side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.permissions import BillingPermission
from verbund.accounts.api import actor_of


def own_tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Those the reader may open; nothing when there is only one."""
    by = actor_of(request)
    tabs = [
        {"label": label, "url": reverse(f"billing-staff:{name}"), "is_current": name == current}
        for name, label, permission in (
            ("usage", _("Nutzung"), BillingPermission.READ_OWN_USAGE),
            ("costs", _("Kosten"), BillingPermission.READ_OWN_COSTS),
            ("documents", _("Dokumente"), BillingPermission.READ_OWN_COSTS),
            ("thresholds", _("Schwellen"), BillingPermission.EDIT_OWN_ALERTS),
        )
        if by.may(permission)
    ]
    return tabs if len(tabs) > 1 else []
