# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes offers of what is over, and says what may go: never a record whose archive may still choose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from verbund.audit import api as audit
from verbund.kernel import clock, registry
from verbund.kernel.actors import Actor
from verbund.kernel.ports import Exhibit
from verbund.kernel.specs import RetentionRule
from verbund.privacy.offers.duties import obligation_of
from verbund.privacy.offers.errors import NothingToOffer
from verbund.privacy.offers.models import Choice, Offer, OfferedRecord
from verbund.privacy.periods.counting import all_rules, held_keys, months_before, months_of, over, rule_of

# An archive reads lists: a few long ones rather than one each night.
_EACH_MONTHS: Final = 3
MOST: Final = 500


def offer_due(*, by: Actor, at: datetime) -> list[Offer]:
    """Offer what is over, of each kind that is offered here, once in a quarter at most."""
    latest = months_before(at, _EACH_MONTHS)
    made = []
    for rule in all_rules().values():
        if not obligation_of(rule).is_offered:
            continue
        if Offer.objects.filter(slug=rule.slug, offered_at__gt=latest).exists():
            continue
        if not_offered(rule, at=at).exists():
            made.append(offer_now(slug=rule.slug, by=by, at=at))
    return made


@transaction.atomic
def offer_now(*, slug: str, by: Actor, at: datetime) -> Offer:
    """Offer up to 500 of a kind that are over, the oldest first.

    Raises:
        NoSuchRule: no package keeps such objects.
        NothingToOffer: see there; also where the kind is not offered here.
    """
    rule = rule_of(slug)
    obligation = obligation_of(rule)
    _one_at_a_time()
    rows = list(not_offered(rule, at=at)[:MOST]) if obligation.is_offered else []
    if not rows:
        raise NothingToOffer
    offer = Offer.objects.create(
        slug=slug,
        number=(Offer.objects.aggregate(Max("number"))["number__max"] or 0) + 1,
        offered_at=at,
        answer_by=clock.day_of(months_before(at, -obligation.months)),
    )
    OfferedRecord.objects.bulk_create(
        OfferedRecord(offer=offer, slug=slug, key=row.key, subject=exhibit_of(rule, row).subject[:200], closed_at=row.closed_at)
        for row in rows
    )  # fmt: skip
    audit.record(
        action="privacy.offer.made",
        subject=f"privacy.offer:{offer.pk}",
        by=by,
        changes={"kind": slug, "count": len(rows), "answer_by": offer.answer_by.isoformat()},
        at=at,
    )
    return offer


def not_offered(rule: RetentionRule, *, at: datetime) -> QuerySet[Any]:
    """What is over, not held back and in no offer yet."""
    going = over(rule, months=months_of(rule, at=at), at=at)
    going = going.exclude(key__in=held_keys(rule.slug, on=clock.day_of(at)))
    return going.exclude(key__in=OfferedRecord.objects.filter(slug=rule.slug).values("key"))


def waiting(rule: RetentionRule, *, at: datetime) -> int:
    """How many are over and stay, because the archive may still choose or has not been asked yet."""
    today = clock.day_of(at)
    free = free_keys(rule, on=today)
    if free is None:
        return 0
    going = over(rule, months=months_of(rule, at=at), at=at).exclude(key__in=held_keys(rule.slug, on=today))
    return going.exclude(key__in=free).count()


def free_keys(rule: RetentionRule, *, on: date) -> QuerySet[OfferedRecord, str] | None:
    """The keys that may be deleted on that day: released, not answered in time, or handed over. None: the kind is not offered."""
    if not obligation_of(rule).is_offered:
        return None
    answered = Q(choice=Choice.RELEASED) | Q(choice=Choice.TAKEN, offer__handed_over_at__isnull=False)
    too_late = Q(choice=Choice.OPEN, offer__answer_by__lt=on)
    return OfferedRecord.objects.filter(answered | too_late, slug=rule.slug).values_list("key", flat=True)


def open_until(slug: str, key: str, *, on: date) -> date | None:
    """The last day on which the archive may still choose this record; None when it is in no open offer.

    What it takes stays until it was handed over, however long that takes: then the day is that day.
    """
    record = OfferedRecord.objects.select_related("offer").filter(slug=slug, key=key).first()
    if record is None or record.choice == Choice.RELEASED or record.offer.handed_over_at is not None:
        return None
    if record.choice == Choice.TAKEN:
        return max(on, record.offer.answer_by)
    return record.offer.answer_by if record.offer.answer_by >= on else None


def exhibit_of(rule: RetentionRule, row: Any) -> Exhibit:
    """What the archive sees of it."""
    made: Exhibit = registry.load(rule.exhibit)(row)  # type: ignore[operator]  # checked by a conformance test
    return made


def _one_at_a_time() -> None:
    """Numbers without gaps, and nothing offered twice: until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.privacy_offers'))")
