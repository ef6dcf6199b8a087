# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is a member, and one member with its history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants.states import State
from verbund.accounts.access import requires
from verbund.accounts.api import names_of
from verbund.audit.queries import history
from verbund.console import members
from verbund.console.forms import TenantFilter
from verbund.console.permissions import TenantPermission
from verbund.console.wording import change_rows, history_entries
from verbund.kernel import registry
from verbund.web.pagination import page_of

_ON_BOARD = 60


@requires(TenantPermission.READ)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The board: what needs attention, then everybody."""
    counts = members.state_counts()
    listed = members.described(members.members()[:_ON_BOARD])
    return render(
        request,
        "console/overview.html",
        {
            "figures": _figures(counts),
            "attention": [member for member in listed if member.needs_attention],
            "members": listed,
            "total": sum(counts.values()),
        },
    )


@requires(TenantPermission.READ)
@require_safe
def tenants(request: HttpRequest) -> HttpResponse:
    form = TenantFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = members.members(
        text=wanted.get("q", ""),
        state=wanted.get("zustand", ""),
        module=wanted.get("modul", ""),
        sorting=wanted.get("sortierung", ""),
    )
    page = page_of(request, found)
    return render(
        request,
        "console/tenants.html",
        {
            "filter": form,
            "page": page,
            "members": members.described(page.object_list),
            "is_filtered": any(wanted.get(name) for name in ("q", "zustand", "modul")),
        },
    )


@requires(TenantPermission.READ)
@require_safe
def tenant(request: HttpRequest, slug: str) -> HttpResponse:
    member = members.member(slug)
    entries = list(history(f"tenants.tenant:{member.tenant.number}"))
    ids = {
        int(entry.actor_id)
        for entry in entries
        if entry.actor_kind == "person" and entry.actor_id.isdecimal()
    }
    return render(
        request,
        "console/tenant.html",
        {
            "member": member,
            "bodies": member.current_bodies,
            "history": history_entries(entries, names_of(ids) if ids else {}),
            "facts": _facts(member),
            "actions": _actions(member),
            "changes": change_rows(list(member.tenant.changes.all())),
            "redirecting": [host for host in member.tenant.domains.all() if host.redirects_until],
            "breadcrumb_items": [
                (_("Kommunen"), reverse("console-association:tenants")),
                (member.tenant.name, ""),
            ],
        },
    )


def _actions(member: members.Member) -> list[dict[str, str]]:
    """What an operator may do with a member in its state."""
    state = State(member.tenant.state)
    offered = [
        (state in {State.ACTIVE, State.SUSPENDED}, _("Stammdaten ändern"), "change", "secondary"),
        (state == State.ACTIVE, _("Aussetzen"), "suspend", "secondary"),
        (state == State.SUSPENDED, _("Wieder öffnen"), "resume", "primary"),
        (state in {State.ACTIVE, State.SUSPENDED}, _("Austritt"), "leave", "secondary"),
        (state in {State.FAILED, State.REQUESTED}, _("Verwerfen"), "discard", "secondary"),
        (state == State.DISCARDING, _("Verwerfen fortsetzen"), "discard", "primary"),
    ]
    if state in {State.LEAVING, State.ARCHIVED}:
        way = reverse("console-association:departure", kwargs={"number": member.tenant.number})
        return [{"label": _("Stand des Austritts"), "url": way, "kind": "secondary"}]
    return [
        {
            "label": label,
            "url": reverse(f"console-association:{name}", kwargs={"slug": member.tenant.slug}),
            "kind": kind,
        }
        for is_offered, label, name, kind in offered
        if is_offered
    ]


def _figures(counts: dict[State, int]) -> list[dict[str, Any]]:
    waiting = counts[State.REQUESTED] + counts[State.PROVISIONING]
    shown = [
        (_("aktiv"), counts[State.ACTIVE]),
        (_("in Einrichtung"), waiting),
        (_("ausgesetzt"), counts[State.SUSPENDED]),
        (_("fehlgeschlagen"), counts[State.FAILED]),
        (_("Module im Angebot"), len(registry.modules())),
    ]
    return [{"label": label, "value": value} for label, value in shown]


def _facts(member: members.Member) -> list[tuple[str, Any]]:
    tenant = member.tenant
    return [
        (_("Kürzel"), tenant.slug),
        (_("Art"), member.kind),
        (_("Regionalschlüssel (ARS)"), tenant.ars or "–"),
        (_("Unveränderliche Kennung"), tenant.key),
        (_("Vorlage"), tenant.profile),
    ]
