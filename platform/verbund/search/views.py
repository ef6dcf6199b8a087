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
from verbund.web.pagination import page_of


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "search/public.html", _page(request, None))


@requires()
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    return render(request, "search/staff.html", _page(request, actor_of(request)))


def _page(request: HttpRequest, who: finding.MayAsk | None) -> dict[str, Any]:
    text = request.GET.get("q", "").replace("\x00", "").strip()[: finding.MOST_LETTERS]
    if not text:
        return {"query": ""}
    kinds = finding.kinds_of(text, who=who)
    wanted = request.GET.get("art", "")
    kind = wanted if any(found.slug == wanted for found in kinds) else ""
    total = sum(found.count for found in kinds)
    count = next((found.count for found in kinds if found.slug == kind), total)
    page = page_of(request, finding.documents(text, kind=kind, who=who), count=count)
    meant = "" if total else finding.guess(text, who=who)
    return {
        "query": text,
        "total": total,
        "page": page,
        "hits": finding.hits(page.object_list, who=who) if total else [],
        "tabs": [_tab(text, "", _("Alles"), total, kind)]
        + [_tab(text, found.slug, found.label, found.count, kind) for found in kinds],
        "meant": meant,
        "meant_url": f"?{urlencode({'q': meant})}",
    }


def _tab(text: str, slug: str, label: object, count: int, chosen: str) -> dict[str, Any]:
    query = {"q": text, "art": slug} if slug else {"q": text}
    return {"label": label, "url": f"?{urlencode(query)}", "count": count, "is_current": slug == chosen}
