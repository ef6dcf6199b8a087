# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the finance department's pages, side by side; each is one line of ``TABS``, in the order shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.permissions import BillingPermission
from verbund.accounts.api import actor_of
from verbund.kernel.texts import LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """``name`` is what a page calls itself by; ``url_name`` stands in ``billing-association``."""

    name: str
    label: LazyText
    url_name: str
    permission: BillingPermission


TABS: tuple[Tab, ...] = (
    Tab(name="months", label=_("Monate"), url_name="months", permission=BillingPermission.READ_PERIODS),
    Tab(name="year", label=_("Jahr"), url_name="year", permission=BillingPermission.READ_PERIODS),
    Tab(name="costs", label=_("Kosten"), url_name="costs", permission=BillingPermission.READ_COSTS),
    Tab(
        name="corrections",
        label=_("Berichtigungen"),
        url_name="corrections",
        permission=BillingPermission.READ_PERIODS,
    ),
    Tab(name="keys", label=_("Schlüssel"), url_name="keys", permission=BillingPermission.READ_COSTS),
    Tab(name="members", label=_("Mitglieder"), url_name="members", permission=BillingPermission.READ_COSTS),
    Tab(name="documents", label=_("Belege"), url_name="documents", permission=BillingPermission.READ_PERIODS),
    Tab(name="prices", label=_("Preise"), url_name="prices", permission=BillingPermission.READ_COSTS),
    Tab(
        name="rejected", label=_("Abgelehntes"), url_name="rejected", permission=BillingPermission.READ_COSTS
    ),
    Tab(name="budget", label=_("Haushalt"), url_name="budget-next", permission=BillingPermission.READ_COSTS),
    Tab(name="items", label=_("Offene Posten"), url_name="items", permission=BillingPermission.READ_ACCOUNTS),
    Tab(
        name="collection",
        label=_("Lastschriften"),
        url_name="collection",
        permission=BillingPermission.READ_ACCOUNTS,
    ),
    Tab(
        name="postings", label=_("Buchungen"), url_name="postings", permission=BillingPermission.READ_ACCOUNTS
    ),
)


def finance_tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Those the reader may open, for the tag ``tabs``; nothing when there is only one."""
    by = actor_of(request)
    found = [
        {
            "label": tab.label,
            "url": reverse(f"billing-association:{tab.url_name}"),
            "is_current": tab.name == current,
        }
        for tab in TABS
        if by.may(tab.permission)
    ]
    return found if len(found) > 1 else []
