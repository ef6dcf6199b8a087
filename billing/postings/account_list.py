# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""All accounts the accounting program needs, with those nobody has entered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from billing.costs.models import Membership, Regime, RegimeVersion, Service
from billing.postings.models import IncomeAccount, MemberAccount
from billing.receivables.models import Item
from tenants.models import Tenant

#: The first account proposed; what people have in their chart of accounts comes before it.
FIRST_PROPOSED = 70_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """An account of income: of a regime as a whole, or of one service under it. ``row`` is missing where none is entered."""

    regime: Regime
    service: Service | None
    row: IncomeAccount | None

    @property
    def target(self) -> str:
        """How a form names it: `PUB`, or `PUB/meldungen`."""
        return f"{self.regime.value}/{self.service.code}" if self.service else self.regime.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What an export would ask for."""

    members: int
    regimes: tuple[Regime, ...]

    def __bool__(self) -> bool:
        return bool(self.members or self.regimes)


def members() -> list[tuple[Tenant, str]]:
    """Who has a membership or a document, with the account; without one the text is empty. The association must be entered."""
    known = dict(MemberAccount.objects.values_list("tenant", "account"))
    billed = Q(pk__in=Membership.objects.values("tenant")) | Q(pk__in=Item.objects.values("tenant"))
    found = Tenant.objects.filter(billed).order_by("sort_key").only("number", "slug", "name")
    return [(tenant, known.get(tenant.pk, "")) for tenant in found]


def proposed(*, first: int = FIRST_PROPOSED) -> Mapping[str, str]:
    """An account for each member without one, by short name: counted on from ``first``, past those that are taken."""
    rows = members()
    taken = {account for _tenant, account in rows if account}
    found, number = {}, first
    for tenant, account in rows:
        if account:
            continue
        while str(number) in taken:
            number += 1
        found[tenant.slug] = str(number)
        number += 1
    return found


def incomes() -> list[Income]:
    """Each regime, and below it the services that are or were billed under it. The association must be entered."""
    rows = {(row.regime, row.service): row for row in IncomeAccount.objects.all()}
    used = RegimeVersion.objects.select_related("service").order_by("service__title", "valid_from")
    services: dict[Regime, dict[str, Service]] = {}
    for version in used:
        services.setdefault(Regime(version.regime), {})[version.service.code] = version.service
    return [
        Income(regime=regime, service=service, row=rows.get((regime.value, service.code if service else "")))
        for regime in Regime
        for service in (None, *services.get(regime, {}).values())
    ]


def missing() -> Missing:
    """What stands in an export's way: a service without an account of its own whose regime has none either."""
    found = incomes()
    covered = {income.regime for income in found if income.service is None and income.row is not None}
    lacking = {
        income.regime: None
        for income in found
        if income.service is not None and income.row is None and income.regime not in covered
    }
    return Missing(members=sum(not account for _tenant, account in members()), regimes=tuple(lacking))
