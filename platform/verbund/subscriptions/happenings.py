# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what happened to who is to be told: noted with the change itself, spread to subscribers by a worker afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from verbund.kernel.ports import News
from verbund.subscriptions import topics
from verbund.subscriptions.areas import covers
from verbund.subscriptions.models import Happening, Notice, Subscription

_BATCH = 50


def note(*, topic: str, key: str, is_new: bool, at: datetime) -> None:
    """Something happened to an object; called in the transaction that made it so. Writes one row, whoever listens."""
    Happening.objects.create(topic=topic, key=key, is_new=is_new, at=at)


def spread() -> int:
    """Note everybody who wants to hear of what happened; returns how many happenings are done with."""
    done = 0
    while count := _spread_some():
        done += count
    return done


@transaction.atomic
def _spread_some() -> int:
    """In one transaction: a worker that is killed leaves it undone, and two never do it twice."""
    rows = list(Happening.objects.select_for_update(skip_locked=True).order_by("pk")[:_BATCH])
    if not rows:
        return 0
    news = news_for(rows)
    # What is not public now is told to nobody; when it becomes so, that happens anew.
    public = [(row, news[row.topic][row.key]) for row in rows if row.key in news[row.topic]]
    if public:
        subscribers = list(_interested(each for _row, each in public))
        Notice.objects.bulk_create(
            (
                Notice(subscription=someone, topic=row.topic, key=row.key, is_new=row.is_new, at=row.at)
                for row, each in public
                for someone in subscribers
                if row.topic in someone.topics and covers(someone, each.position)
            ),
            ignore_conflicts=True,
            batch_size=1000,
        )
    Happening.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def news_for(rows: Iterable[Happening | Notice]) -> dict[str, dict[str, News]]:
    """What everybody may read now, by topic and key; one question for each topic."""
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        keys[row.topic].add(row.key)
    return {topic: topics.news_of(topic, found) for topic, found in keys.items()}


def _interested(news: Iterable[News]) -> Iterator[Subscription]:
    """Whose box holds one of these points, or is the whole municipality; nothing personal is opened."""
    points = {each.position for each in news}
    near = Q(box=None)
    if None in points:
        near = Q()
    else:
        boxes = (Q(box__overlaps=(lon, lat, lon, lat)) for lat, lon in filter(None, points))
        near = reduce(or_, boxes, near)
    wanted = Subscription.objects.filter(near, confirmed_at__isnull=False, paused_at=None)
    columns = ("pk", "topics", "latitude", "longitude", "radius_m")
    return wanted.only(*columns).iterator(chunk_size=2000)
