# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of this package can be found: pages as citizens read them, and by its number alone what was told about barriers."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

from django.utils import translation

from verbund.kernel.errors import NotFound
from verbund.kernel.ports import SearchDocument
from verbund.public import pages
from verbund.public.addresses import is_association, public_path, staff_path
from verbund.public.kinds import PageKind
from verbund.public.models import BarrierFeedback
from verbund.search import index
from verbund.web.markup import render as render_markup

PAGES, FEEDBACK = "public.page", "public.feedback"
_TAG = re.compile(r"<[^>]*>")
_TITLE = "Rückmeldung zur Barrierefreiheit"


def page_documents(keys: Collection[str] | None) -> Iterator[SearchDocument]:
    """The published text of each page with its facts; a draft is found by nobody."""
    for kind in PageKind:
        if keys is None or kind.value in keys:
            try:
                yield _page(kind)
            except NotFound:
                continue


def feedback_documents(keys: Collection[str] | None) -> Iterator[SearchDocument]:
    """Those with these numbers, or all: nothing of what somebody wrote, for the office alone."""
    rows = BarrierFeedback.objects.only("pk", "received_at", "handled_at").order_by("pk")
    for feedback in rows:
        if keys is None or feedback.reference in keys:
            yield SearchDocument(
                key=feedback.reference,
                title=_TITLE,
                at=feedback.received_at,
                staff_text=f"{feedback.reference}. {'erledigt' if feedback.handled_at else 'offen'}",
                staff_url=staff_path("feedback", feedback_id=feedback.pk),
            )


def keep_pages_findable(*kinds: PageKind) -> None:
    """After a text was published, or a fact that texts name has changed. The association's pages are in no index."""
    if not is_association():
        index.refresh(source=PAGES, keys=[kind.value for kind in kinds or PageKind])


def keep_feedback_findable(reference: str) -> None:
    """After it came, was dealt with, or was deleted."""
    if not is_association():
        index.refresh(source=FEEDBACK, keys=[reference])


def _words(markup: str) -> str:
    """The text of a page in one line; a blank for each tag, so that no two paragraphs become one word."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _page(kind: PageKind) -> SearchDocument:
    page = pages.published(kind)
    with translation.override("de"):  # as the text is written, whoever publishes it
        label = str(kind.label)
        text = _words(str(render_markup(pages.filled(page.body).text)))
    return SearchDocument(
        key=kind.value,
        title=label,
        at=page.confirmed_at or page.written_at,
        public_text=text,
        public_url=public_path(kind.value),
        staff_text=text,
        staff_url=staff_path("page", kind=kind),
    )
