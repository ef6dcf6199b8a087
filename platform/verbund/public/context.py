# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the shells show of the entered scope on every page: links to the legal pages, address, languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.public import foot
from verbund.public.addresses import public_path
from verbund.public.kinds import MANDATORY, OPTIONAL, PageKind
from verbund.public.models import ContactDetails, LegalPage

_ICONS = {PageKind.LEICHTE_SPRACHE: "easy-language", PageKind.GEBAERDENSPRACHE: "sign-language"}


def shell(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 (the registry calls it with the request)
    """Template context; the one query runs only when a page shows what it brings."""
    scope = context.current_or_none()
    if scope is None:
        return {}
    is_municipality = isinstance(scope, Municipality)
    facts: Any = SimpleLazyObject(_facts if is_municipality else foot.facts)
    return {
        # A municipality is not opened without them; the association's host is there before its texts are.
        "legal_links": _links(MANDATORY) if is_municipality else SimpleLazyObject(_published),
        "utility_links": SimpleLazyObject(lambda: _optional_links(facts)),
        "site_address": SimpleLazyObject(lambda: _address(facts)),
        "site_contacts": SimpleLazyObject(lambda: _contacts(facts)),
    }


def address_of(kind: PageKind) -> str:
    """Where a page is read."""
    return public_path(kind.value)


def _facts() -> dict[str, Any]:
    """Contact details and how long the optional pages are that citizens see, in one query."""
    shown = {
        foot.length_of(kind): Subquery(
            LegalPage.objects.filter(kind=kind, confirmed_at__isnull=False)
            .order_by("-version")
            .values(length=Length("body"))[:1]
        )
        for kind in OPTIONAL
    }
    return dict(ContactDetails.objects.annotate(**shown).values().first() or {})


def _links(kinds: Iterable[PageKind]) -> list[dict[str, str]]:
    return [{"label": str(kind.label), "url": address_of(kind)} for kind in kinds]


def _published() -> list[dict[str, str]]:
    return _links(kind for kind in MANDATORY if foot.is_shown(kind))


def _optional_links(facts: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": str(kind.label), "url": address_of(kind), "icon": _ICONS[kind]}
        for kind in OPTIONAL
        if facts.get(foot.length_of(kind))
    ]


def _address(facts: dict[str, Any]) -> str:
    if not facts.get("street_address"):
        return ""
    return f"{facts['street_address']}\n{facts['postal_code']} {facts['town']}"


def _contacts(facts: dict[str, Any]) -> list[dict[str, str]]:
    links = []
    if phone := facts.get("phone"):
        dialled = "".join(character for character in phone if character.isdigit() or character == "+")
        links.append({"label": _("Telefon %(phone)s") % {"phone": phone}, "url": f"tel:{dialled}"})
    if email := facts.get("email"):
        links.append({"label": email, "url": f"mailto:{email}"})
    return links
