# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling a municipality's people that the association issued documents for it: once for each run, however often it was taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.urls import reverse

from billing.alerts.document_mail import people_told
from billing.alerts.models import DocumentNotice
from billing.closing.periods import month_of
from billing.closing.states import State
from billing.forms import month_text
from billing.issuing.finding import find_documents
from billing.member.reading import own_rows
from verbund.audit import api as audit
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.notify.api import absolute_url, queue_mail

# Whoever was not told by then has found them on the page; after a restoration nobody is told of years.
_NEWS_FOR = timedelta(days=14)
# A month that is not issued as a whole may still be at work; then its end tells, or this much later the sweep.
_AT_WORK_FOR = timedelta(minutes=15)
# Two workers at the same moment wait for each other.
_LOCK = 0x746F_6C64
# A worker has no request that would say which pages there are.
_URLS = "verbund.config.urls.municipality"

log = structlog.get_logger()


@transaction.atomic
def tell_of_documents(*, is_over: bool, at: datetime) -> int:
    """Mail whoever may see costs, in the entered municipality, about documents nobody was told of; returns how many people.

    ``is_over``: the run that issued them has ended; without knowing, what may still be at work is left for later.
    A mail has no amounts and no numbers: it leads to the page.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", [_LOCK])
    rows = _untold(is_over=is_over, at=at)
    if not rows:
        return 0
    DocumentNotice.objects.bulk_create(DocumentNotice(number=row.number, at=at) for row in rows)
    told = 0
    for person in people_told():
        try:
            queue_mail(
                to=person.email,
                template="billing/documents",
                context=_said(rows),
                reference="billing.documents",
                by=SYSTEM,
                at=at,
            )
        except Invalid:
            log.warning("billing.not_told", person=person.pk)
        else:
            told += 1
    audit.record(
        action="billing.documents.told",
        subject=f"billing.documents:{rows[0].number}",
        by=SYSTEM,
        changes={"documents": [row.number for row in rows], "people": told},
        at=at,
    )
    return told


def _untold(*, is_over: bool, at: datetime) -> list[Any]:
    known = set(DocumentNotice.objects.filter(at__gt=at - 2 * _NEWS_FOR).values_list("number", flat=True))
    with own_rows() as member:
        recent = list(find_documents().filter(tenant_id=member, issued_at__gt=at - _NEWS_FOR))
    return [
        row
        for row in recent
        if row.number not in known
        and (is_over or row.period.state != State.APPROVED or row.issued_at < at - _AT_WORK_FOR)
    ]


def _said(rows: Sequence[Any]) -> dict[str, Any]:
    months = sorted({row.period.month: month_text(month_of(row.period)) for row in rows}.items())
    return {
        "months": ", ".join(text for _month, text in months),
        "count": len(rows),
        "taken_back": sum(row.cancels_id is not None for row in rows),
        "url": absolute_url(reverse("billing-staff:documents", urlconf=_URLS)),
    }
