# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts the demo's accounting program knows: a member's, each regime's, and what DATEV's first line asks for. All are examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from billing.postings.account_list import proposed
from billing.postings.accounts import set_income_account, set_member_accounts
from billing.postings.models import IncomeAccount
from billing.postings.profiles import profile_of, save_profile
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM

# Regime, account, tax key.
_INCOME = (("LEVY", "4480", ""), ("PUB", "4481", ""), ("CSG", "8100", ""), ("STD", "8400", "3"))


def make_accounts(*, at: datetime) -> None:
    """Unless there are accounts already."""
    with context.enter_association(), transaction.atomic():
        if IncomeAccount.objects.exists():
            return
        set_member_accounts(accounts=proposed(), by=SYSTEM, at=at)
        for regime, account, tax_key in _INCOME:
            set_income_account(
                regime=regime, service="", account=account, tax_key=tax_key, product="", by=SYSTEM, at=at
            )
        datev = profile_of("datev-extf")
        save_profile(
            slug=datev.slug,
            title=datev.title,
            definition=replace(datev.definition, consultant="1001", client="1"),
            by=SYSTEM,
            at=at,
        )
