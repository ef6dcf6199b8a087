# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's pages: what is announced, writing with a preview, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.models import Tenant
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.accounts.reach import api as reach
from verbund.announcements import services
from verbund.announcements.forms import AnnouncementForm
from verbund.announcements.models import Announcement
from verbund.announcements.permissions import AnnouncementsPermission
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.web.markup import render as render_markup
from verbund.web.pagination import page_of


@requires(AnnouncementsPermission.READ)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    page = page_of(request, Announcement.objects.all())
    names = dict(reach.visible(Tenant.objects.order_by()).values_list("number", "name"))
    rows = [
        {
            "announcement": found,
            "body": render_markup(found.body),
            "is_shown": found.is_shown(now),
            "is_ahead": found.withdrawn_at is None and now < found.starts_at,
            "names": [names[number] for number in found.tenants if number in names],
        }
        for found in page.object_list
    ]
    may_manage = actor_of(request).may(AnnouncementsPermission.MANAGE)
    return render(
        request, "announcements/listing.html", {"page": page, "rows": rows, "may_manage": may_manage}
    )


@requires(AnnouncementsPermission.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Show it as staff will see it; only the button "Veröffentlichen" publishes."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("aktion") != "veroeffentlichen":
            preview = {**form.cleaned_data, "text": render_markup(form.cleaned_data["body"])}
        elif _published(request, form):
            return redirect("announcements-association:listing")
    way = [(_("Ankündigungen"), reverse("announcements-association:listing")), (_("Neue Ankündigung"), "")]
    values = {"form": form, "preview": preview, "breadcrumb_items": way}
    return render(request, "announcements/write.html", values, status=422 if form.errors else 200)


@requires(AnnouncementsPermission.MANAGE)
@require_POST
def withdraw(request: HttpRequest, announcement_id: int) -> HttpResponse:
    services.withdraw(announcement_id=announcement_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Ankündigung ist zurückgezogen. Sie verschwindet binnen einer Minute."))
    return redirect("announcements-association:listing")


def _published(request: HttpRequest, form: AnnouncementForm) -> bool:
    try:
        services.publish(**form.cleaned_data, by=actor_of(request), at=clock.now())
    except DomainError as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(request, _("Die Ankündigung ist veröffentlicht."))
    return True
