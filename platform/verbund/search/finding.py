# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks things up: only in rows the one who asks may see, also for counts and guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, QuerySet

from verbund.kernel.ports import TIMELESS
from verbund.kernel.texts import LazyText
from verbund.search.index import CONFIG, active_sources
from verbund.search.models import Document

MOST_LETTERS = 200
# Of more hits the newest are ranked: nobody reads on for so long, and the time stays the same however much there is.
MOST_HITS = 1000
_START, _STOP = "\x02", "\x03"
_CUT = re.compile(f"{_START}(.*?){_STOP}", re.DOTALL)


class MayAsk(Protocol):
    """Whoever can be asked what they may."""

    def may(self, permission: str, /) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result; of ``parts`` those with True are the words that were looked for."""

    title: str
    url: str
    kind: LazyText
    at: datetime | None
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many results a source has."""

    slug: str
    label: LazyText
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Numbers and sources of what was found, best first. ``has_more``: these are the newest of more."""

    rows: tuple[tuple[int, str], ...]
    kinds: tuple[Kind, ...]
    has_more: bool = False

    def of(self, kind: str) -> list[int]:
        """The documents of a source, or all."""
        return [number for number, source in self.rows if kind in {"", source}]


def seen_by(who: MayAsk | None) -> QuerySet[Document]:
    """The rows somebody of the office may find; None: everybody."""
    return Document.objects.filter(is_public=who is None, source__in=labels_of(who))


def find(text: str, *, who: MayAsk | None) -> Found:
    """What is found, best first, then newest, in one query."""
    rows = list(newest(text, who=who))
    best = sorted(rows[:MOST_HITS], key=lambda row: -row[2])
    labels, counts = labels_of(who), Counter(source for _id, source, _rank in best)
    return Found(
        rows=tuple((number, source) for number, source, _rank in best),
        kinds=tuple(
            Kind(slug=slug, label=labels[slug], count=count) for slug, count in sorted(counts.items())
        ),
        has_more=len(rows) > MOST_HITS,
    )


def newest(text: str, *, who: MayAsk | None) -> QuerySet[Document, tuple[int, str, float]]:
    """Number, source and rank of the newest hits, and of one more than are shown."""
    query = _query(text)
    found = seen_by(who).filter(vector=query).order_by("-at", "-id")
    ranked = found.annotate(rank=SearchRank(F("vector"), query)).values_list("id", "source", "rank")
    return ranked[: MOST_HITS + 1]


def finds(text: str, *, who: MayAsk | None) -> bool:
    return seen_by(who).filter(vector=_query(text)).exists()


def hits(numbers: Sequence[int], text: str, *, who: MayAsk | None) -> list[Hit]:
    """These documents as they are shown, in their order, in one query."""
    labels = labels_of(who)
    marked = SearchHeadline(
        "text", _query(text), config=CONFIG, start_sel=_START, stop_sel=_STOP, max_words=40, min_words=20
    )
    shown = seen_by(who).filter(pk__in=list(numbers)).annotate(marked=marked)
    rows = {row.pk: row for row in shown}
    return [
        Hit(
            title=row.title,
            url=row.url,
            kind=labels[row.source],
            at=None if row.at == TIMELESS else row.at,
            parts=_parts(row.marked),
        )
        for row in (rows[number] for number in numbers if number in rows)
    ]


def labels_of(who: MayAsk | None) -> dict[str, LazyText]:
    """The sources somebody of the office may find things in; None: everybody."""
    return {
        source.slug: source.label for source in active_sources() if who is None or who.may(source.permission)
    }


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="websearch")


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    return tuple((part, number % 2 == 1) for number, part in enumerate(_CUT.split(marked)) if part)
