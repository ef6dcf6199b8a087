# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month of all members from its counters to issued documents, by the services themselves. Imported after Django's setup."""

from __future__ import annotations

import time
from typing import Any

from billing.closing.approving import approve_period
from billing.issuing.draft import Kind
from billing.issuing.issuing import issue_period
from billing.issuing.models import Document
from tenants import directory
from tenants.models import Tenant
from tests.factories.closing import AT, OCTOBER, TODAY, calculated, finance, make_books
from tests.factories.documents import make_issuer, make_recipient
from tests.factories.metering import use
from verbund.kernel import clock, context


def month_run() -> dict[str, Any]:
    """Seconds to calculate and to issue: a notice of the levy and an invoice for each member.

    The rules are compiled anew, as in a process that has issued nothing before.

    Raises:
        RuntimeError: a document failed.
    """
    with context.enter_association():
        Tenant.objects.update(activated_at=clock.now())
        directory.forget()
        members = [directory.by_key(key) for key in Tenant.objects.values_list("schema_name", flat=True)]
        books = make_books(*(member for member in members if member is not None))
        for place, tenant in enumerate(books.members):
            use(tenant.number, "mail.sent", 200 + place, AT.replace(month=10))
            make_recipient(tenant)
        make_issuer()
        begin = time.perf_counter()
        calculated()
        calculated_at = time.perf_counter()
        second = finance()
        approve_period(period=OCTOBER, by=second, at=AT, today=TODAY)
        approved_at = time.perf_counter()
        issued = issue_period(period=OCTOBER, by=second, at=AT, today=TODAY)
        end = time.perf_counter()
        if issued.failures:
            raise RuntimeError(issued.failures[0].sentence)
        rows = Document.objects.all()
        return {
            "members": len(books.members),
            "notices": rows.filter(kind=Kind.NOTICE).count(),
            "invoices": rows.exclude(kind=Kind.NOTICE).exclude(xml=None).count(),
            "calculate_s": round(calculated_at - begin, 2),
            "approve_s": round(approved_at - calculated_at, 2),
            "issue_s": round(end - approved_at, 2),
        }
