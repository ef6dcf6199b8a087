# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Postings from the documents of a month: one for each document, regime, service and cost centre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from billing.collection.covering import mandates_of
from billing.postings.models import IncomeAccount, MemberAccount, PostedItem
from billing.postings.posting import Posting
from billing.receivables.models import DocumentKind, Item, ItemLine
from verbund.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class _Accounts:
    members: dict[int, str]
    income: dict[tuple[str, str], IncomeAccount]
    mandates: dict[int, str]


def waiting_items(*, month: date, profile: str) -> list[Item]:
    """Documents of a billed month that are in no file of that profile yet; claims taken over were booked elsewhere."""
    posted = PostedItem.objects.filter(profile=profile).values("item_id")
    lines = Prefetch("lines", queryset=ItemLine.objects.order_by("position"))
    return list(
        Item.objects.filter(month=month)
        .exclude(kind=DocumentKind.OPENING)
        .exclude(pk__in=posted)
        .select_related("tenant", "reverses")
        .prefetch_related(lines)
        .order_by("issued_on", "number")
    )


def postings_of(items: Iterable[Item]) -> list[Posting]:
    """In the order of the documents. The association must be entered.

    Raises:
        Invalid: a member or a regime has no account; all that are missing are named.
    """
    documents = list(items)
    accounts = _Accounts(
        members=dict(MemberAccount.objects.values_list("tenant_id", "account")),
        income={(row.regime, row.service): row for row in IncomeAccount.objects.all()},
        mandates=mandates_of(documents),
    )
    missing: dict[str, str] = {}
    made = [posting for item in documents for posting in _postings(item, accounts, missing)]
    if missing:
        raise Invalid("\n".join(missing.values()), fields=missing)
    return made


def _postings(item: Item, accounts: _Accounts, missing: dict[str, str]) -> list[Posting]:
    account = accounts.members.get(item.tenant_id, "")
    if not account:
        missing[f"member.{item.tenant.slug}"] = _(
            "%(member)s hat kein Personenkonto. Tragen Sie es ein: verbund billing account --member %(slug)s --account …"
        ) % {"member": item.tenant.name, "slug": item.tenant.slug}
    groups: dict[tuple[str, str, str], list[ItemLine]] = {}
    for line in item.lines.all():
        groups.setdefault((line.regime, line.service, line.cost_centre), []).append(line)
    base = _of_document(item, account, accounts.mandates.get(item.pk, ""))
    found = []
    for (regime, service, centre), lines in groups.items():
        income = accounts.income.get((regime, service)) or accounts.income.get((regime, ""))
        if income is None:
            missing[f"income.{regime}"] = _(
                "Für %(regime)s gibt es kein Erlöskonto. Tragen Sie es ein: verbund billing account --regime %(regime)s --account …"
            ) % {"regime": regime}
            continue
        net, tax = sum(line.net_cents for line in lines), sum(line.tax_cents for line in lines)
        if net + tax:
            text = f"{lines[0].text} {item.tenant.name}"
            found.append(
                replace(
                    base,
                    contra_account=income.account,
                    tax_key=income.tax_key,
                    product=income.product,
                    regime=regime,
                    service=service,
                    cost_centre=centre or service,
                    cents=net + tax,
                    net_cents=net,
                    tax_cents=tax,
                    text=text,
                )
            )
    return found


def _of_document(item: Item, account: str, mandate: str) -> Posting:
    """What all postings of a document have in common."""
    return Posting(
        number=item.number,
        kind=item.kind,
        issued_on=item.issued_on,
        due_on=item.due_on,
        account=account,
        contra_account="",
        cents=0,
        net_cents=0,
        tax_cents=0,
        member=str(item.tenant.number),
        member_name=item.tenant.name,
        ars=item.tenant.ars,
        period=f"{item.month:%Y-%m}" if item.month else "",
        reference=item.reference,
        mandate=mandate,
        reverses=item.reverses.number if item.reverses else "",
    )
