# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inbox of staff: the list, its saved views, and what came in meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of, people_who_may
from verbund.cases import inbox, saved
from verbund.cases.inbox import View, Wanted
from verbund.kernel import clock
from verbund.kernel.actors import Actor
from verbund.staff.bulk_views import undo_offered
from verbund.staff.forms import AssignForm, InboxFilter, PutOffForm, SaveViewForm
from verbund.staff.viewing import LABELS, address, address_of, query_of, wanted_by
from verbund.web.pagination import page_of

_ARRIVALS_FROM = timedelta(days=1)


@requires()
@require_safe
def show_inbox(request: HttpRequest) -> HttpResponse:
    by = actor_of(request)
    return render(request, "staff/inbox.html", _page(request, by, wanted_by(request.GET.dict(), by)))


@requires()
@require_safe
def arrivals_fragment(request: HttpRequest) -> HttpResponse:
    """How many cases of the view came in since the page was made: said, without moving what somebody is reading."""
    by = actor_of(request)
    wanted = wanted_by(request.GET.dict(), by)
    since = _since(request.GET.get("seit", ""))
    number = inbox.arrived_since(by, wanted, since=since, today=clock.today())
    return render(request, "staff/inbox.html#arrivals", {"arrived": number, **_links(wanted, since)})


@requires()
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the inbox shows under a name."""
    by = actor_of(request)
    wanted = wanted_by(request.POST.dict(), by)
    form = SaveViewForm(request.POST, prefix="ansicht")
    if not form.is_valid():
        values = {**_page(request, by, wanted), "save_form": form}
        return render(request, "staff/inbox.html", values, status=422)
    saved.save_view(name=form.cleaned_data["name"], query=query_of(wanted), by=by, at=clock.now())
    messages.success(request, _("Die Ansicht ist gespeichert."))
    return redirect(_address(wanted))


@requires()
@require_POST
def remove_view(request: HttpRequest, view_id: int) -> HttpResponse:
    saved.remove_view(view_id=view_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Ansicht ist entfernt."))
    return redirect("staff-staff:inbox")


def _page(request: HttpRequest, by: Actor, wanted: Wanted) -> dict[str, Any]:
    today, now = clock.today(), clock.now()
    kinds = inbox.kinds_in_use(by)
    counts = inbox.inbox_counts(by, wanted, today=today)
    page = page_of(request, inbox.inbox_cases(by, wanted, today=today), count=counts[wanted.view])
    rows = inbox.rows_of(page.object_list, wanted, today=today)
    may_assign = [kind for kind in kinds if by.may(kind.assign_permission)]
    people = people_who_may(may_assign[0].read_permission) if may_assign and rows else []
    query = query_of(wanted)
    return {
        "page": page,
        "rows": rows,
        "tabs": [
            {
                "label": LABELS[view],
                "url": address_of(wanted, view),
                "is_current": view == wanted.view,
                "count": counts[view],
            }
            for view in View
        ],
        "filter": InboxFilter({**query, "ansicht": wanted.view.value}, kinds=kinds),
        "is_filtered": bool(wanted.kind or wanted.text),
        "view": wanted.view,
        "unread": counts[View.NEW],
        "has_any": any(counts.values()) or bool(query),
        "assign_form": AssignForm(people=people, prefix="zuweisen") if people else None,
        "put_off_form": PutOffForm(prefix="ablage") if people else None,
        "own_id": wanted.person_id,
        "saved_views": _saved(wanted),
        "save_form": SaveViewForm(prefix="ansicht") if query and wanted.person_id is not None else None,
        "query": query,
        "undo": undo_offered(request, now),
        **_links(wanted, now),
    }


def _saved(wanted: Wanted) -> list[dict[str, Any]]:
    if wanted.person_id is None:
        return []
    query = query_of(wanted)
    return [
        {
            "id": view.pk,
            "name": view.name,
            "url": address(view.query),
            "is_current": view.query == query,
        }
        for view in saved.saved_views(wanted.person_id)
    ]


def _links(wanted: Wanted, since: datetime) -> dict[str, str]:
    query = query_of(wanted)
    return {
        "all_url": _address(wanted),
        "arrivals_url": reverse("staff-staff:arrivals")
        + "?"
        + urlencode({**query, "seit": since.isoformat()}),
    }


def _address(wanted: Wanted) -> str:
    query = query_of(wanted)
    return reverse("staff-staff:inbox") + (f"?{urlencode(query)}" if query else "")


def _since(text: str) -> datetime:
    """The moment the page names; one that is no moment or long ago counts from a day ago."""
    now = clock.now()
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return now
    return max(moment, now - _ARRIVALS_FROM)
