# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of results, for everybody and for the office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.search import finding
from verbund.search.guessing import guess
from verbund.search.spelling import composed
from verbund.web.pagination import page_of


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "search/public.html", _page(request, None))


@requires()
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    return render(request, "search/staff.html", _page(request, actor_of(request)))


def _page(request: HttpRequest, who: finding.MayAsk | None) -> dict[str, Any]:
    text = composed(request.GET.get("q", "").replace("\x00", "").strip()[: finding.MOST_LETTERS])
    # This page has a box of its own.
    page_of_search: dict[str, Any] = {"query": text, "search_url": ""}
    if not text:
        return page_of_search
    found, meant = finding.find(text, who=who), ""
    if not found.rows:
        meant = guess(text, who=who)
        found = finding.find(meant, who=who) if meant else found
    shown = meant or text
    wanted = request.GET.get("art", "")
    kind = wanted if any(its.slug == wanted for its in found.kinds) else ""
    page = page_of(request, found.of(kind))
    return page_of_search | {
        "meant": meant,
        "total": len(found.rows),
        "has_more": found.has_more,
        "page": page,
        "hits": finding.hits(list(page.object_list), shown, who=who) if found.rows else [],
        "tabs": [_tab(shown, "", _("Alles"), len(found.rows), kind)]
        + [_tab(shown, its.slug, its.label, its.count, kind) for its in found.kinds],
    }


def _tab(text: str, slug: str, label: object, count: int, chosen: str) -> dict[str, Any]:
    query = {"q": text, "art": slug} if slug else {"q": text}
    return {"label": label, "url": f"?{urlencode(query)}", "count": count, "is_current": slug == chosen}
