# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks things up: only in rows the one who asks may see, also for counts and guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Protocol

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, QuerySet

from verbund.kernel.specs import LazyText
from verbund.search.index import CONFIG, WORDS, active_sources
from verbund.search.models import Document, Word

MOST_LETTERS = 200
_START, _STOP = "\x02", "\x03"
_CUT = re.compile(f"{_START}(.*?){_STOP}", re.DOTALL)
_LIKE = 0.7


class MayAsk(Protocol):
    """Whoever can be asked what they may."""

    def may(self, permission: str, /) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result; of ``parts`` those with True are the words that were looked for."""

    title: str
    url: str
    kind: LazyText
    at: datetime
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many results a source has."""

    slug: str
    label: LazyText
    count: int


def seen_by(who: MayAsk | None) -> QuerySet[Document]:
    """The rows somebody of the office may find; None: everybody."""
    return Document.objects.filter(is_public=who is None, source__in=_labels(who))


def kinds_of(text: str, *, who: MayAsk | None) -> list[Kind]:
    """The counts of what is found, by source, in one query."""
    labels = _labels(who)
    rows = _found(text, who).order_by().values_list("source").annotate(Count("id"))
    return sorted(
        (Kind(slug=source, label=labels[source], count=count) for source, count in rows),
        key=lambda kind: kind.slug,
    )


def documents(text: str, *, kind: str, who: MayAsk | None) -> QuerySet[Document]:
    """What is found, best first, then newest."""
    query = _query(text)
    found = _found(text, who).annotate(
        rank=SearchRank(F("vector"), query),
        marked=SearchHeadline(
            "text", query, config=CONFIG, start_sel=_START, stop_sel=_STOP, max_words=40, min_words=20
        ),
    )
    return (found.filter(source=kind) if kind else found).order_by("-rank", "-at", "-id")


def hits(rows: Iterable[Document], *, who: MayAsk | None) -> list[Hit]:
    """The rows as they are shown; no query."""
    labels = _labels(who)
    return [
        Hit(
            title=row.title,
            url=row.url,
            kind=labels[row.source],
            at=row.at,
            parts=_parts(getattr(row, "marked", row.text)),
        )
        for row in rows
    ]


def guess(text: str, *, who: MayAsk | None) -> str:
    """What may have been meant by something that finds nothing; empty when that would find nothing either."""
    meant, words = text, set(WORDS.findall(text))
    for word in words:
        near = _near(word.lower(), who)
        if near:
            meant = meant.replace(word, near)
    return meant if meant != text and _found(meant, who).exists() else ""


def _near(word: str, who: MayAsk | None) -> str:
    """The known word nearest to one that begins alike."""
    known = Word.objects.filter(is_public=who is None, source__in=_labels(who), word__gte=word[0])
    known = known.filter(word__lt=chr(ord(word[0]) + 1))
    close = get_close_matches(word, known.values_list("word", flat=True), n=1, cutoff=_LIKE)
    return close[0] if close else ""


def _found(text: str, who: MayAsk | None) -> QuerySet[Document]:
    return seen_by(who).filter(vector=_query(text))


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="websearch")


def _labels(who: MayAsk | None) -> dict[str, LazyText]:
    return {
        source.slug: source.label for source in active_sources() if who is None or who.may(source.permission)
    }


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    return tuple((part, number % 2 == 1) for number, part in enumerate(_CUT.split(marked)) if part)
