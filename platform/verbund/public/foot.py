# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the foot of the association's pages shows, each of whose texts may be missing."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Length

from verbund.public.kinds import MANDATORY, PageKind
from verbund.public.models import ContactDetails, LegalPage
from verbund.web.kept import Kept

# On every page of the console and hardly ever another one: another process may show the old foot for half a minute.
_kept: Kept[dict[str, Any]] = Kept(seconds=30)


def facts() -> dict[str, Any]:
    """Contact details of the association, and how long each page is that everybody can read."""
    return _kept.get(_facts)


def is_shown(kind: PageKind) -> bool:
    """Whether everybody can read the page."""
    return bool(facts().get(length_of(kind)))


def unpublished() -> list[PageKind]:
    """The mandatory pages that nobody can read."""
    return [kind for kind in MANDATORY if not is_shown(kind)]


def length_of(kind: PageKind) -> str:
    """The name under which `facts` holds a page's length."""
    return f"length_{kind.name.lower()}"


def forget() -> None:
    """A text or the contact details of the entered scope have just changed."""
    _kept.forget()


def _facts() -> dict[str, Any]:
    confirmed = LegalPage.objects.filter(confirmed_at__isnull=False).order_by("kind", "-version")
    shown = confirmed.distinct("kind").annotate(length=Length("body")).values_list("kind", "length")
    lengths = {length_of(PageKind(kind)): length for kind, length in shown}
    return lengths | (ContactDetails.objects.values().first() or {})
