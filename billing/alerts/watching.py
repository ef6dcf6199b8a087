# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking whether thresholds are reached, and telling whoever wants to know: once for each month and threshold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.alerts.models import Crossing, Threshold
from billing.member.reading import own_rows
from billing.member.statements import month_costs
from verbund.audit import api as audit
from verbund.kernel.actors import SYSTEM
from verbund.kernel.clock import day_of
from verbund.metering import queries
from verbund.metering.periods import Period, period_of
from verbund.notify.api import absolute_url, queue_mail
from verbund.web.texts import euro_text, number_text

# A month is approved some weeks after its end; an older one is no news.
_LOOK_BACK = 4
# A worker has no request that would say which pages there are.
_URLS = "verbund.config.urls.municipality"


def look_at_thresholds(*, at: datetime) -> int:
    """Compare the running month's usage and the newly approved costs of the entered municipality; returns how many are new.

    Nothing is told twice, and nothing is stopped: usage goes on as before.
    """
    thresholds = list(Threshold.objects.prefetch_related("recipients__person"))
    if not thresholds:
        return 0
    told = set(Crossing.objects.values_list("threshold_id", "month"))
    running = period_of(day_of(at))
    with own_rows() as number:
        usage = {row.meter: row.quantity for row in queries.usage_by_month(running, tenant=number).rows}
    costs = _recent_costs(running) if any(not one.meter for one in thresholds) else {}
    return sum(
        _tell(threshold, period, value, at)
        for threshold in thresholds
        for period, value in _values(threshold, running, usage, costs)
        if value >= threshold.amount and (threshold.pk, period.first) not in told
    )


def amount_text(threshold: Threshold, amount: int) -> str:
    """An amount of the threshold's kind: `1.234 Meldungen` or `1.234,50 €`."""
    if not threshold.meter:
        return euro_text(amount)
    return f"{number_text(amount)} {queries.unit_of(threshold.meter)}".strip()


def subject_text(threshold: Threshold) -> str:
    """What the threshold is of."""
    return queries.label_of(threshold.meter) if threshold.meter else _("Kosten eines Monats")


def _recent_costs(running: Period) -> dict[Period, int]:
    since = running
    for _step in range(_LOOK_BACK):
        since = since.previous
    return {month.period: month.cost for month in month_costs(since=since)}


def _values(
    threshold: Threshold, running: Period, usage: dict[str, int], costs: dict[Period, int]
) -> Iterator[tuple[Period, int]]:
    if threshold.meter:
        yield running, usage.get(threshold.meter, 0)
    else:
        yield from costs.items()


@transaction.atomic
def _tell(threshold: Threshold, period: Period, value: int, at: datetime) -> bool:
    """Write down and mail in one transaction; another worker at the same moment finds the row and is silent."""
    _crossing, is_new = Crossing.objects.get_or_create(
        threshold=threshold, month=period.first, defaults={"value": value, "at": at}
    )
    if not is_new:
        return False
    audit.record(
        action="billing.threshold.reached",
        subject=f"billing.threshold:{threshold.pk}",
        by=SYSTEM,
        changes={"month": str(period), "value": value, "amount": threshold.amount},
        at=at,
    )
    page = "usage" if threshold.meter else "costs"
    for recipient in threshold.recipients.all():
        if recipient.person.is_active and recipient.person.deactivated_at is None:
            queue_mail(
                to=recipient.person.email,
                template="billing/threshold",
                context={
                    "subject_text": subject_text(threshold),
                    "month": date_format(period.first, "F Y"),
                    "amount": amount_text(threshold, threshold.amount),
                    "value": amount_text(threshold, value),
                    "url": absolute_url(reverse(f"billing-staff:{page}", urlconf=_URLS)),
                },
                reference=f"billing.threshold:{threshold.pk}",
                by=SYSTEM,
                at=at,
            )
    return True
