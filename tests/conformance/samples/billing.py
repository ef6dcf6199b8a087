# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of billing."""

from __future__ import annotations

from functools import partial
from typing import Any

from billing.population import read_population
from billing.postings.accounts import set_income_account, set_member_account
from billing.postings.exporting import export
from billing.postings.profiles import SHIPPED, save_profile
from billing.receivables.documents import take_document
from tenants.models import Tenant
from tests.conformance.samples import Stage
from tests.factories.billing import AS_OF, population_file
from tests.factories.receivables import OCTOBER, give_accounts, make_document, take
from verbund.kernel import clock


def _luckau() -> Tenant:
    return Tenant.objects.get(slug="luckau")


def _export(stage: Stage) -> Any:
    give_accounts(_luckau())
    take(_luckau())
    return partial(export, month=OCTOBER, profile="hkr-csv", by=stage.by, at=clock.now())


SERVICES = {
    "billing.population.read_population": lambda stage: partial(
        read_population,
        content=population_file(),
        reference_date=AS_OF,
        census="Zensus 2022",
        source="A I 4",
        by=stage.by,
        at=clock.now(),
    ),
    "billing.receivables.documents.take_document": lambda stage: partial(
        take_document, document=make_document(_luckau()), by=stage.by, at=clock.now()
    ),
    "billing.postings.accounts.set_member_account": lambda stage: partial(
        set_member_account, slug="luckau", account="10001", by=stage.by, at=clock.now()
    ),
    "billing.postings.accounts.set_income_account": lambda stage: partial(
        set_income_account,
        regime="STD",
        service="",
        account="8400",
        tax_key="3",
        product="",
        by=stage.by,
        at=clock.now(),
    ),
    "billing.postings.profiles.save_profile": lambda stage: partial(
        save_profile,
        slug="kasse",
        title="Kasse",
        definition=SHIPPED["hkr-csv"][1],
        by=stage.by,
        at=clock.now(),
    ),
    "billing.postings.exporting.export": _export,
}
