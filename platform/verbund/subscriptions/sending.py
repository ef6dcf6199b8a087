# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the mails. What they say is asked for in the moment of writing, from what everybody may read then.

Each thing is told once: a mail and the end of what it tells are one transaction. The notices are deleted first, so that
whoever notes the same object meanwhile waits, and notes it anew afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, ngettext

from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import DomainError
from verbund.kernel.language import official_language
from verbund.kernel.ports import News
from verbund.notify.api import absolute_url, queue_mail
from verbund.subscriptions import areas
from verbund.subscriptions.happenings import news_for
from verbund.subscriptions.links import manage_url, unsubscribe_url
from verbund.subscriptions.models import Happening, Notice, Rhythm, Subscription
from verbund.subscriptions.services import reference_of

# Between two mails at once: who follows a whole town gets six an hour at most, and the loop guard has nothing to do.
PAUSE = timedelta(minutes=10)
# Of one mail; the rest is said as a number.
MOST_LINES = 30
_DIGEST_AT = time(7, 0)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Line:
    """One object in a mail."""

    news: News
    is_new: bool


def last_digest(at: datetime) -> datetime:
    """The latest Monday, 7 o'clock in Berlin, that is not in the future: a digest tells what happened before it."""
    local = at.astimezone(BERLIN)
    monday = clock.day_of(at) - timedelta(days=local.weekday())
    moment = datetime.combine(monday, _DIGEST_AT, tzinfo=BERLIN)
    return moment if moment <= local else datetime.combine(monday - timedelta(days=7), _DIGEST_AT, BERLIN)


def send_due(*, at: datetime) -> int:
    """Write every mail whose time has come; returns how many."""
    _drop_what_the_origin_tells()
    written = 0
    for key in list(_due(at).values_list("pk", flat=True)):
        try:
            written += _send_one(key, at)
        except DomainError as error:
            # One mailbox that cannot be written to must not keep the others waiting.
            log.warning("subscriptions.not_sent", subscription=key, error=error.code)
    return written


def _due(at: datetime) -> QuerySet[Subscription]:
    waiting = Notice.objects.filter(subscription=OuterRef("pk"))
    at_once = Q(rhythm=Rhythm.AT_ONCE) & (Q(told_at=None) | Q(told_at__lte=at - PAUSE)) & Exists(waiting)
    weekly = Q(rhythm=Rhythm.WEEKLY) & Exists(waiting.filter(at__lt=last_digest(at)))
    rows = Subscription.objects.filter(confirmed_at__isnull=False, paused_at=None)
    return rows.filter(at_once | weekly).order_by("pk")


@transaction.atomic
def _send_one(key: int, at: datetime) -> bool:
    """True when there was something to say. Whoever is at it already, or has just paused it, is left alone."""
    row = _due(at).select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
    if row is None:
        return False
    with official_language():
        lines = _taken(row, at)
        if not lines:
            return False
        row.told_at = at
        row.save(update_fields=["told_at"])
        _write(row, lines, at)
    return True


def _taken(row: Subscription, at: datetime) -> list[Line]:
    """What the mail says; its notices are gone, and those of what may not be read any more."""
    notices = row.notices.order_by("at", "pk")
    if row.rhythm == Rhythm.WEEKLY:
        notices = notices.filter(at__lt=last_digest(at))
    taken = list(notices)
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).delete()
    news = news_for(taken)
    again = _happening_again(taken)
    Notice.objects.bulk_create(notice for notice in taken if (notice.topic, notice.key) in again)
    return [
        Line(found, notice.is_new)
        for notice in taken
        if (notice.topic, notice.key) not in again
        and notice.topic in row.topics
        and (found := news[notice.topic].get(notice.key)) is not None
        and areas.covers(row, found.position)
    ]


def _happening_again(notices: list[Notice]) -> set[tuple[str, str]]:
    """Objects that changed once more and are not spread yet: told with that, not before it and then again."""
    keys = {notice.key for notice in notices}
    return set(Happening.objects.filter(key__in=keys).values_list("topic", "key"))


def _drop_what_the_origin_tells() -> None:
    """What waited already when the data came out of an archive is the origin's to tell, as with its mails."""
    restored_at = context.current_municipality().restored_at
    if restored_at is not None:
        Notice.objects.filter(at__lte=restored_at).delete()


def _write(row: Subscription, lines: list[Line], at: datetime) -> None:
    first = lines[0]
    rest = len(lines) - 1
    queue_mail(
        to=row.email,
        template="subscriptions/digest" if row.rhythm == Rhythm.WEEKLY else "subscriptions/news",
        context={
            "area": areas.name_of(row),
            "title": _with_rest(first.news.title, rest),
            "count": ngettext("eine Neuigkeit", "%(count)s Neuigkeiten", len(lines)) % {"count": len(lines)},
            "news": "\n\n".join(_paragraphs(lines)),
            "action_url": manage_url(row),
            "action_label": "Abonnement ändern oder pausieren",
            "reason": "Sie bekommen diese Nachricht, weil Sie „Mein Ort“ abonniert haben.",
        },
        reference=reference_of(row),
        unsubscribe_url=unsubscribe_url(row),
        by=SYSTEM,
        at=at,
    )


def _with_rest(title: str, rest: int) -> str:
    if not rest:
        return title
    return ngettext("%(title)s und eine weitere", "%(title)s und %(rest)s weitere", rest) % {
        "title": title,
        "rest": rest,
    }


def _paragraphs(lines: list[Line]) -> list[str]:
    told = [_paragraph(line) for line in lines[:MOST_LINES]]
    left = len(lines) - len(told)
    if left:
        told.append(
            ngettext("Und noch eine Neuigkeit.", "Und noch %(left)s Neuigkeiten.", left) % {"left": left}
        )
    return told


def _paragraph(line: Line) -> str:
    news = line.news
    head = gettext("Neu") if line.is_new else gettext("Geändert")
    state = f"{head}: {news.state}" if news.state else head
    return "\n".join(filter(None, [news.title, state, news.text, absolute_url(news.path)]))
