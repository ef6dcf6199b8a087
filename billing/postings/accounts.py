# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which account a member and a kind of income have in the accounting program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.costs.models import Regime
from billing.postings.models import IncomeAccount, MemberAccount
from tenants.models import Tenant
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound

_ACCOUNT = re.compile(r"[0-9A-Za-z.\-]{1,20}")


@transaction.atomic
def set_member_account(*, slug: str, account: str, by: Actor, at: datetime) -> MemberAccount:
    """Name the account of a member; what was exported before stays as it was. The association must be entered.

    Raises:
        NotFound: there is no such member.
        Invalid: it is no account, or another member has it.
    """
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise NotFound(_("Die Kommune „%(slug)s“ gibt es nicht.") % {"slug": slug})
    _check(account)
    taken = (
        MemberAccount.objects.filter(account=account).exclude(tenant=tenant).select_related("tenant").first()
    )
    if taken is not None:
        sentence = _("Das Konto %(account)s hat schon %(member)s.") % {
            "account": account,
            "member": taken.tenant.name,
        }
        raise Invalid(sentence, fields={"account": sentence})
    row, _is_new = MemberAccount.objects.update_or_create(tenant=tenant, defaults={"account": account})
    audit.record(
        action="billing.account.set",
        subject=f"billing.member_account:{row.pk}",
        by=by,
        changes={"member": tenant.number, "account": account},
        at=at,
    )
    return row


@transaction.atomic
def set_member_accounts(*, accounts: Mapping[str, str], by: Actor, at: datetime) -> int:
    """Name the accounts of several members by short name; all or nothing. Returns how many changed.

    Raises:
        NotFound: there is no such member.
        Invalid: an account is none, or two members would have the same; the fields are the short names.
    """
    _refuse_twice(accounts)
    before = dict(MemberAccount.objects.values_list("tenant__slug", "account"))
    changed = {slug: account for slug, account in accounts.items() if before.get(slug) != account}
    # Two members may swap their accounts: first all of them are free.
    MemberAccount.objects.filter(tenant__slug__in=changed).delete()
    for slug, account in changed.items():
        try:
            set_member_account(slug=slug, account=account, by=by, at=at)
        except Invalid as refusal:
            raise Invalid(refusal.message, fields={slug: refusal.message}) from refusal
    return len(changed)


@transaction.atomic
def set_income_account(
    *, regime: str, service: str, account: str, tax_key: str, product: str, by: Actor, at: datetime
) -> IncomeAccount:
    """Name the account of income of a regime, or of one service under it. The association must be entered.

    Raises:
        Invalid: there is no such regime, it is no account, or the tax key is none.
    """
    if regime not in Regime.values:
        sentence = _("Die Steuerart ist LEVY, PUB, CSG oder STD.")
        raise Invalid(sentence, fields={"regime": sentence})
    _check(account)
    if not re.fullmatch(r"\d{0,4}", tax_key):
        sentence = _("Ein Steuerschlüssel hat höchstens vier Ziffern.")
        raise Invalid(sentence, fields={"tax_key": sentence})
    row, _is_new = IncomeAccount.objects.update_or_create(
        regime=regime, service=service, defaults={"account": account, "tax_key": tax_key, "product": product}
    )
    audit.record(
        action="billing.account.set",
        subject=f"billing.income_account:{row.pk}",
        by=by,
        changes={
            "regime": regime,
            "service": service,
            "account": account,
            "tax_key": tax_key,
            "product": product,
        },
        at=at,
    )
    return row


def _refuse_twice(accounts: Mapping[str, str]) -> None:
    often = {account for account, times in Counter(accounts.values()).items() if times > 1}
    if often:
        sentence = _("Dieses Konto steht zweimal da.")
        twice = {slug: sentence for slug, account in accounts.items() if account in often}
        raise Invalid(sentence, fields=twice)


def _check(account: str) -> None:
    if not _ACCOUNT.fullmatch(account):
        sentence = _("Ein Konto hat 1 bis 20 Ziffern oder Buchstaben.")
        raise Invalid(sentence, fields={"account": sentence})
