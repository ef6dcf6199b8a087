# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the index, in the transaction that changes what can be found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import islice

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from verbund.kernel import context, registry
from verbund.kernel.ports import SearchDocument, is_active
from verbund.kernel.specs import ModuleSpec, SearchSource
from verbund.search.models import Document, Word

CONFIG = "german"
WORDS = re.compile(r"[^\W\d_]{4,60}")
_BATCH = 1000


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


@transaction.atomic
def refresh(*, source: str, keys: Collection[str]) -> None:
    """Index these objects as they are now; what its source does not offer any more is found no more."""
    Document.objects.filter(source=source, key__in=keys).delete()
    put(source, _offered(source, keys))


@transaction.atomic
def rebuild() -> int:
    """Index everything anew; returns how many documents there are."""
    Document.objects.all().delete()
    Word.objects.all().delete()
    # Of modules that are off too: their rows are passed over until they are on again.
    return sum(put(slug, _offered(slug, None)) for slug in _owners())


def _offered(source: str, keys: Collection[str] | None) -> Iterable[SearchDocument]:
    found: Iterable[SearchDocument] = registry.load(_owners()[source][0].documents)(keys)  # type: ignore[operator]  # as the spec says
    return found


def put(source: str, documents: Iterable[SearchDocument]) -> int:
    """Index these documents of a source beside what is there; returns how many rows they take."""
    count = 0
    rows = (row for document in documents for row in _rows(source, document))
    while some := list(islice(rows, _BATCH)):
        Document.objects.bulk_create(some)
        words = {
            (row.is_public, word.lower()) for row in some for word in WORDS.findall(f"{row.title} {row.text}")
        }
        Word.objects.bulk_create(
            (Word(source=source, is_public=is_public, word=word) for is_public, word in sorted(words)),
            ignore_conflicts=True,
        )
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
                vector=SearchVector(Value(f"{document.key} {document.title}"), weight="A", config=CONFIG)
                + SearchVector(Value(text), weight="B", config=CONFIG),
            )
