# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the index: is it there, is it of this program, was it made anew lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Min
from django.utils.translation import gettext as _

from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis
from verbund.search import index
from verbund.search.models import Document

# The nightly round writes every document; one missed night is no trouble yet.
_OLD: Final = timedelta(hours=50)


def look_at_index(municipality: Municipality) -> Iterator[Diagnosis]:
    """The oldest document tells when all were made anew; an index without documents is right where there is nothing."""
    command = f"verbund search rebuild --slug {municipality.slug}"
    oldest = Document.objects.aggregate(oldest=Min("indexed_at"))["oldest"]
    if oldest is None and not index.offers_something():
        yield Diagnosis(code="search", level="ok", message=_("Noch gibt es nichts zu finden."))
    elif oldest is None or not index.is_current():
        message = _(
            "Der Suchindex fehlt oder ist von einer früheren Fassung. Er wird alle fünf Minuten neu begonnen; bleibt das so, hilft: %(command)s"
        )
        yield Diagnosis(
            code="search_outdated", level="warning", message=message % {"command": command}, at=oldest
        )
    elif oldest < clock.now() - _OLD:
        message = _(
            "Der Suchindex wurde seit über zwei Tagen nicht neu aufgebaut; die Suche kennt Umbenanntes nicht. Abhilfe: %(command)s"
        )
        yield Diagnosis(code="search_old", level="warning", message=message % {"command": command}, at=oldest)
    else:
        yield Diagnosis(code="search", level="ok", message=_("Der Suchindex ist aktuell."), at=oldest)
