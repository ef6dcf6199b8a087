# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a profile makes of one's own documents, as a table to look at before anything is exported."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.postings.exporting import content_of
from billing.postings.gathering import postings_of
from billing.postings.profiles import DATEV, NamedProfile
from billing.receivables.models import DocumentKind, Item
from verbund.kernel import clock
from verbund.kernel.errors import DomainError

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The first lines of the file, or why there would be none."""

    header: list[str]
    rows: list[list[str]]
    problem: str = ""


def shown(profile: NamedProfile) -> Shown:
    """The newest documents as the profile writes them; columns of DATEV that stay empty are left out."""
    newest = Item.objects.exclude(kind=DocumentKind.OPENING).order_by("-issued_on", "-number").first()
    if newest is None:
        return Shown(
            header=[], rows=[], problem=_("Noch ist kein Beleg da, an dem sich das Profil zeigen lässt.")
        )
    month = newest.issued_on.replace(day=1)
    items = (
        Item.objects.filter(issued_on__year=month.year, issued_on__month=month.month)
        .exclude(kind=DocumentKind.OPENING)
        .select_related("tenant", "reverses")
        .prefetch_related("lines")
        .order_by("issued_on", "number")[:_MOST]
    )
    try:
        content = content_of(postings_of(items), profile, month, "", clock.now())
    except DomainError as refusal:
        return Shown(header=[], rows=[], problem=refusal.message)
    return _table(content, profile)


def _table(content: bytes, profile: NamedProfile) -> Shown:
    mapping = profile.definition.mapping
    is_datev = profile.definition.form == DATEV
    text = content.decode("cp1252" if is_datev or mapping is None else mapping.encoding)
    lines = list(
        csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if is_datev or mapping is None else mapping.separator
        )
    )
    if is_datev or mapping is None:
        header, rows = lines[1], lines[2:]
        used = [place for place in range(len(header)) if any(row[place] for row in rows)]
        return Shown(
            header=[header[place] for place in used], rows=[[row[place] for place in used] for row in rows]
        )
    titles = [column.title or str(place) for place, column in enumerate(mapping.columns, start=1)]
    return Shown(header=titles, rows=lines[1:] if mapping.has_header else lines)
