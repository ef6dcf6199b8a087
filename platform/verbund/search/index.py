# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the index, in the transaction that changes what can be found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import islice

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from verbund.kernel import clock, context, registry
from verbund.kernel.offers import SearchSource
from verbund.kernel.ports import SearchDocument, is_active
from verbund.kernel.specs import ModuleSpec
from verbund.search.models import Document, Word
from verbund.search.spelling import WORDS, composed, folded

CONFIG = "german"
_WAY = 2
_BATCH = 500
_CHANGING = ["title", "text", "url", "at", "vector", "edition", "indexed_at"]
Report = Callable[[int, int], None]
Known = set[tuple[str, bool, str]]


@cache
def _owners() -> dict[str, tuple[SearchSource, str | None]]:
    """Every source with the module it belongs to, or None for a package that is always there."""
    return {
        source.slug: (source, spec.slug if isinstance(spec, ModuleSpec) else None)
        for spec in registry.all_specs()
        for source in spec.search
    }


def active_sources() -> list[SearchSource]:
    """The sources of the entered municipality."""
    scope = context.current()
    return [source for source, module in _owners().values() if module is None or is_active(scope, module)]


@cache
def edition() -> str:
    """Of which sources, and in which way, the index is made; whoever changes the way of it raises the number."""
    return sha256(" ".join([str(_WAY), *sorted(_owners())]).encode()).hexdigest()[:12]


def is_current() -> bool:
    """Whether the index is there, and is all of this edition."""
    return Document.objects.exists() and not Document.objects.exclude(edition=edition()).exists()


def offers_something() -> bool:
    """Whether any active source has a document; asks each for its first only."""
    return any(next(iter(_offered(source.slug, None)), None) is not None for source in active_sources())


@transaction.atomic
def refresh(*, source: str, keys: Collection[str]) -> None:
    """Index these objects as they are now; what its source does not offer any more is found no more."""
    _wait_for("pg_advisory_xact_lock_shared")
    _replace(source, keys)


def rebuild(report: Report = lambda _done, _all: None) -> int:
    """Index everything anew, some at a time while people go on searching; returns how many documents there are."""
    Document.objects.exclude(source__in=_owners()).delete()
    Word.objects.all().delete()
    # Of modules that are off too: their rows are passed over until they are on again.
    known: Known = set()
    keys = [(slug, key) for slug in _owners() for key in _all_keys(slug)]
    report(0, len(keys))
    for begin in range(0, len(keys), _BATCH):
        some = keys[begin : begin + _BATCH]
        with transaction.atomic():
            # Read only when nobody is in the middle of a change, else an older state would be written over a newer.
            _wait_for("pg_advisory_xact_lock")
            for slug in dict.fromkeys(slug for slug, _key in some):
                _replace(slug, [key for its, key in some if its == slug], known)
        report(begin + len(some), len(keys))
    return Document.objects.count()


def _all_keys(source: str) -> Iterable[str]:
    """What there is, and what there was."""
    offered = [document.key for document in _offered(source, None)]
    indexed = Document.objects.filter(source=source).order_by("key").values_list("key", flat=True)
    return dict.fromkeys([*offered, *indexed])


def _replace(source: str, keys: Collection[str], known: Known | None = None) -> None:
    Document.objects.filter(source=source, key__in=keys).delete()
    put(source, _offered(source, keys), known)


def _wait_for(lock: str) -> None:
    """One for each municipality: changes go side by side, rebuilding goes between them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('search ' || current_schema()))")


def _offered(source: str, keys: Collection[str] | None) -> Iterable[SearchDocument]:
    found: Iterable[SearchDocument] = registry.load(_owners()[source][0].documents)(keys)  # type: ignore[operator]  # as the spec says
    return found


def put(source: str, documents: Iterable[SearchDocument], known: Known | None = None) -> int:
    """Index these documents of a source beside what is there; returns how many rows they take.

    ``known``: words that stand in the index already, and after this those that were new.
    """
    known = set() if known is None else known
    count = 0
    rows = (row for document in documents for row in _rows(source, document))
    while some := list(islice(rows, _BATCH)):
        Document.objects.bulk_create(
            some, update_conflicts=True, unique_fields=["source", "key", "is_public"], update_fields=_CHANGING
        )
        words = {
            (source, row.is_public, word.lower())
            for row in some
            for word in WORDS.findall(composed(f"{row.title} {row.text}"))
        } - known
        Word.objects.bulk_create(
            (
                Word(source=source, is_public=is_public, word=word, folded=folded(word))
                for source, is_public, word in sorted(words)
            ),
            ignore_conflicts=True,
        )
        known |= words
        count += len(some)
    return count


def _rows(source: str, document: SearchDocument) -> Iterator[Document]:
    versions = (
        (True, document.public_url, document.public_text),
        (False, document.staff_url, document.staff_text),
    )
    for is_public, url, text in versions:
        if url:
            yield Document(
                source=source,
                key=document.key,
                is_public=is_public,
                title=document.title[:400],
                text=text,
                url=url,
                at=document.at,
                edition=edition(),
                indexed_at=clock.now(),
                vector=SearchVector(
                    Value(composed(f"{document.key} {document.title}")), weight="A", config=CONFIG
                )
                + SearchVector(Value(composed(text)), weight="B", config=CONFIG),
            )
