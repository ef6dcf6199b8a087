# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which period counts for what, and what is over: only looks, deletes nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import ngettext

from verbund.kernel import clock, context, registry
from verbund.kernel.ports import Keeping, is_active
from verbund.kernel.specs import InvalidSpec, ModuleSpec, RetentionRule
from verbund.kernel.texts import LazyText
from verbund.privacy.periods.errors import NoSuchRule
from verbund.privacy.periods.models import Hold, Period

SOON: Final = timedelta(days=30)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a rule would delete now: ``held`` of the objects that are over stay, ``soon`` more are over in 30 days."""

    slug: str
    label: LazyText
    months: int
    usual_months: int
    shorter_months: int
    shorter_from: datetime | None
    now: int
    oldest: datetime | None
    soon: int
    held: int


def rules() -> dict[str, RetentionRule]:
    """Every rule of the entered municipality by its slug: those of packages, and of modules that are on."""
    scope = context.current()
    return {
        rule.slug: rule
        for spec in registry.all_specs()
        if not isinstance(spec, ModuleSpec) or is_active(scope, spec.slug)
        for rule in spec.retention
    }


def all_rules() -> dict[str, RetentionRule]:
    """Also those of modules that were switched off: what they left goes all the same."""
    return {rule.slug: rule for spec in registry.all_specs() for rule in spec.retention}


def rule_of(slug: str) -> RetentionRule:
    """The rule of that name.

    Raises:
        NoSuchRule: there is none.
    """
    rule = all_rules().get(slug)
    if rule is None:
        raise NoSuchRule
    return rule


def keeping_of(rule: RetentionRule) -> Keeping:
    """Who knows the objects of a rule."""
    found = registry.load(rule.keeping)
    if not isinstance(found, Keeping):
        raise InvalidSpec(f"{rule.keeping} ist kein Keeping.")
    return found


def months_of(rule: RetentionRule, *, at: datetime) -> int:
    """The period that counts at that moment."""
    return _counting(rule, Period.objects.filter(slug=rule.slug).first(), at=at)


def due(chosen: Iterable[RetentionRule], *, at: datetime) -> list[Due]:
    """What each rule would delete, without deleting it."""
    changed = {period.slug: period for period in Period.objects.all()}
    return [_due_of(rule, changed.get(rule.slug), at=at) for rule in chosen]


def over(rule: RetentionRule, *, months: int, at: datetime) -> QuerySet[Any]:
    """The objects whose period is over at that moment, held or not; the oldest first."""
    return keeping_of(rule).over(months_before(at, months))


def held_keys(slug: str, *, on: date) -> QuerySet[Hold, str]:
    """Numbers of the cases of a kind that stay on that day."""
    return Hold.objects.filter(kind=slug, until_on__gte=on).values_list("reference", flat=True)


def months_before(at: datetime, months: int) -> datetime:
    """The same moment so many months ago, by the clock of Berlin; a shorter month's last day stands for those it lacks."""
    here = at.astimezone(clock.BERLIN)
    year, month = divmod(here.year * _YEAR + here.month - 1 - months, _YEAR)
    return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))


def in_words(months: int) -> str:
    """`5 Jahre`, `18 Monate`."""
    years, rest = divmod(months, _YEAR)
    if rest:
        return ngettext("%(n)s Monat", "%(n)s Monate", months) % {"n": months}
    return ngettext("%(n)s Jahr", "%(n)s Jahre", years) % {"n": years}


def _counting(rule: RetentionRule, period: Period | None, *, at: datetime) -> int:
    if period is None:
        return rule.months
    is_waiting = period.shorter_from is not None and at < period.shorter_from
    return period.months_before if is_waiting else period.months


def _due_of(rule: RetentionRule, period: Period | None, *, at: datetime) -> Due:
    months = _counting(rule, period, at=at)
    held = held_keys(rule.slug, on=clock.day_of(at))
    found = over(rule, months=months, at=at)
    going = found.exclude(key__in=held)
    oldest = going.first()
    now = going.count()
    is_waiting = period is not None and period.months != months
    return Due(
        slug=rule.slug,
        label=rule.label,
        months=months,
        usual_months=rule.months,
        shorter_months=period.months if is_waiting and period is not None else 0,
        shorter_from=period.shorter_from if is_waiting and period is not None else None,
        now=now,
        oldest=oldest.closed_at if oldest is not None else None,
        soon=over(rule, months=months, at=at + SOON).exclude(key__in=held).count() - now,
        held=found.filter(key__in=held).count(),
    )
