# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deletes what is over: in batches, never what is held back, with a tombstone for each object."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from verbund.audit import api as audit
from verbund.cases.models import Case
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.kernel.specs import RetentionRule
from verbund.privacy.offers.offering import free_keys
from verbund.privacy.periods.counting import all_rules, held_keys, keeping_of, months_of, over, rule_of
from verbund.privacy.periods.models import Hold, Tombstone

_BATCH: Final = 100


def delete_due(*, by: Actor, at: datetime, slug: str = "") -> dict[str, int]:
    """Delete what is over, of one rule or of all; returns how many of each.

    Each batch is a transaction of its own, so that a crash loses little work.

    Raises:
        NoSuchRule: no rule has that slug.
    """
    chosen = [rule_of(slug)] if slug else list(all_rules().values())
    return {rule.slug: _delete_all(rule, by=by, at=at) for rule in chosen}


def _delete_all(rule: RetentionRule, *, by: Actor, at: datetime) -> int:
    total = 0
    while deleted := _delete_batch(rule, by=by, at=at):
        total += deleted
    return total


@transaction.atomic
def _delete_batch(rule: RetentionRule, *, by: Actor, at: datetime) -> int:
    today, months = clock.day_of(at), months_of(rule, at=at)
    found = over(rule, months=months, at=at).exclude(key__in=held_keys(rule.slug, on=today))
    free = free_keys(rule, on=today)
    if free is not None:  # the archive chooses first
        found = found.filter(key__in=free)
    batch = _without_held(rule, list(found.select_for_update(skip_locked=True, of=("self",))[:_BATCH]), at=at)
    if not batch:
        return 0
    keys = [row.key for row in batch]
    Tombstone.objects.bulk_create(
        Tombstone(slug=rule.slug, key=row.key, months=months, closed_at=row.closed_at, deleted_at=at)
        for row in batch
    )
    audit.record(
        action="privacy.period.deleted",
        subject=f"privacy.period:{rule.slug}",
        by=by,
        changes={"count": len(batch), "months": months},
        reason="Frist abgelaufen",
        at=at,
    )
    Hold.objects.filter(reference__in=keys).delete()  # only such as have run out
    keeping_of(rule).delete(batch, months=months, at=at)
    return len(batch)


def _without_held(rule: RetentionRule, rows: list[Any], *, at: datetime) -> list[Any]:
    """Without what somebody has held back since the rows were found: who holds a case has its row locked."""
    keys = [row.key for row in rows]
    cases = Case.objects.filter(reference__in=keys)
    free = set(cases.select_for_update(skip_locked=True).values_list("reference", flat=True))
    busy = set(cases.values_list("reference", flat=True)) - free
    held = set(held_keys(rule.slug, on=clock.day_of(at)).filter(reference__in=keys))
    return [row for row in rows if row.key not in busy | held]
