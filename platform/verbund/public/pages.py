# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the texts: what citizens see, what is being written, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from verbund.kernel import context
from verbund.kernel.errors import NotFound
from verbund.public.kinds import MANDATORY, PageKind
from verbund.public.models import ContactDetails, LegalPage
from verbund.public.placeholders import Filled, facts_of, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One kind of page as the people who write it see it. ``problem`` is empty when citizens can read it."""

    kind: PageKind
    is_mandatory: bool
    published: LegalPage | None
    newest: LegalPage | None
    gaps: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def is_empty(self) -> bool:
        return self.newest is None or not self.newest.body.strip()

    @property
    def has_draft(self) -> bool:
        return self.newest is not None and not self.newest.is_confirmed and not self.is_empty

    @property
    def may_be_confirmed(self) -> bool:
        return self.has_draft and not (self.gaps and self.is_mandatory)


def contact_details() -> ContactDetails:
    """The contact details of the entered scope; empty ones where nobody has given any."""
    return ContactDetails.objects.first() or ContactDetails()


def published(kind: PageKind) -> LegalPage:
    """What citizens see.

    Raises:
        NotFound: nothing was confirmed, or what was confirmed last is empty (the page was taken back).
    """
    page = LegalPage.objects.filter(kind=kind, confirmed_at__isnull=False).order_by("-version").first()
    if page is None or not page.body.strip():
        raise NotFound
    return page


def filled(body: str) -> Filled:
    """A text of the entered scope with its facts as they are now."""
    return fill(body, facts_of(context.current(), contact_details()))


def states() -> list[PageState]:
    """Every kind of page in the order of the site's footer, two queries for all."""
    versions: dict[str, list[LegalPage]] = {}
    for page in LegalPage.objects.order_by("kind", "-version"):
        versions.setdefault(page.kind, []).append(page)
    facts = facts_of(context.current(), contact_details())
    return [_state(kind, versions.get(kind, []), facts) for kind in (*MANDATORY, *_optional())]


def state_of(kind: PageKind) -> PageState:
    """One kind of page."""
    facts = facts_of(context.current(), contact_details())
    return _state(kind, list(LegalPage.objects.filter(kind=kind).order_by("-version")), facts)


def version_of(kind: PageKind, number: int) -> LegalPage:
    """One version of a page.

    Raises:
        NotFound: there is none.
    """
    page = LegalPage.objects.filter(kind=kind, version=number).first()
    if page is None:
        raise NotFound
    return page


def versions_of(kind: PageKind) -> list[LegalPage]:
    """All versions, newest first."""
    return list(LegalPage.objects.filter(kind=kind).order_by("-version"))


def _optional() -> tuple[PageKind, ...]:
    return tuple(kind for kind in PageKind if kind not in MANDATORY)


def _state(kind: PageKind, versions: list[LegalPage], facts: dict[str, str]) -> PageState:
    newest = versions[0] if versions else None
    return PageState(
        kind=kind,
        is_mandatory=kind in MANDATORY,
        published=next((page for page in versions if page.is_confirmed), None),
        newest=newest,
        gaps=fill(newest.body, facts).gaps if newest else (),
    )
