# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes the postings of a month into files, each document once for each profile."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.postings import datev, mapping
from billing.postings.gathering import postings_of, waiting_items
from billing.postings.models import PostedItem, PostingBatch
from billing.postings.posting import NotExportable, Posting
from billing.postings.profiles import DATEV, NamedProfile, profile_of
from billing.receivables.models import DocumentKind, Item
from verbund.audit import api as audit
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.metering.periods import Period, period_of

# Two exports of one profile at the same moment wait for each other.
_LOCK = 0x706F_7374


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a file would hold; ``month`` is that of the documents' dates, because a file is one posting period."""

    month: date
    filename: str
    content: bytes
    postings: int
    cents: int
    items: tuple[Item, ...]


def preview(*, month: date, profile: str, exported_by: str, at: datetime) -> list[File]:
    """The files an export would make now; nothing is written. The association must be entered.

    Raises:
        NotFound: there is no such profile.
        Invalid: an account is missing, or something does not fit the format.
    """
    return _files(waiting_items(month=month, profile=profile), profile_of(profile), exported_by, at)


@transaction.atomic
def export(*, month: date, profile: str, by: Actor, at: datetime) -> list[PostingBatch]:
    """Write what is waiting, one file for each month of documents; without anything new the list is empty.

    Raises:
        NotFound: there is no such profile.
        Invalid: an account is missing, or something does not fit the format; nothing is exported then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return [
        _keep(file, profile, by, at)
        for file in preview(month=month, profile=profile, exported_by=by.name, at=at)
    ]


def batch_of(number: int) -> PostingBatch:
    """A file as it was handed out.

    Raises:
        NotFound: there is none of that number.
    """
    found = PostingBatch.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(_("Die Ausgabe %(number)s gibt es nicht.") % {"number": number})
    return found


def billed_months() -> list[Period]:
    """Months that have documents, the newest first."""
    found = Item.objects.filter(month__isnull=False).exclude(kind=DocumentKind.OPENING)
    months = found.order_by("-month").values_list("month", flat=True).distinct()
    return [period_of(month) for month in months if month is not None]


def batches_of(*, month: date, profile: str) -> list[PostingBatch]:
    """Every file that holds documents of a billed month, in the order they were handed out; without their content."""
    held = PostedItem.objects.filter(profile=profile, item__month=month).values("batch")
    return list(PostingBatch.objects.filter(pk__in=held).defer("content").order_by("pk"))


def _keep(file: File, profile: str, by: Actor, at: datetime) -> PostingBatch:
    batch = PostingBatch.objects.create(
        profile=profile,
        month=file.month,
        filename=file.filename,
        content=file.content,
        sha256=sha256(file.content).hexdigest(),
        postings=file.postings,
        cents=file.cents,
        made_by=by.name[:80],
        made_at=at,
    )
    PostedItem.objects.bulk_create(PostedItem(batch=batch, profile=profile, item=item) for item in file.items)
    audit.record(
        action="billing.postings.exported",
        subject=f"billing.postings:{batch.pk}",
        by=by,
        changes={
            "profile": profile,
            "month": file.month.isoformat(),
            "documents": len(file.items),
            "postings": file.postings,
            "cents": file.cents,
            "sha256": batch.sha256,
        },
        at=at,
    )
    return batch


def _files(items: list[Item], profile: NamedProfile, exported_by: str, at: datetime) -> list[File]:
    made = []
    for month, group in groupby(items, key=lambda item: item.issued_on.replace(day=1)):
        documents = tuple(group)
        postings = postings_of(documents)
        if not postings:
            continue
        made.append(
            File(
                month=month,
                filename=_filename(profile, month, at),
                content=content_of(postings, profile, month, exported_by, at),
                postings=len(postings),
                cents=sum(posting.cents for posting in postings),
                items=documents,
            )
        )
    return made


def content_of(
    postings: Sequence[Posting], profile: NamedProfile, month: date, exported_by: str, at: datetime
) -> bytes:
    """The bytes of postings dated in one month.

    Raises:
        Invalid: something does not fit the format.
    """
    definition = profile.definition
    try:
        if definition.form == DATEV:
            last = month.replace(day=monthrange(month.year, month.month)[1])
            return datev.written(
                postings, head=definition.head(month, exported_by), first=month, last=last, at=at
            )
        if definition.mapping is None:
            raise NotFound
        return mapping.written(postings, definition.mapping)
    except NotExportable as refused:
        sentence = _(refused.sentence) % refused.values
        raise Invalid(sentence, fields={refused.field: sentence}) from refused


def _filename(profile: NamedProfile, month: date, at: datetime) -> str:
    start = "EXTF_" if profile.definition.form == DATEV else ""
    return f"{start}{profile.slug}_{month:%Y-%m}_{at:%Y%m%d%H%M%S}.csv"
