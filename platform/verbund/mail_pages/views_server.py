# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipality's own mail server: set it, try it, take it out again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.accounts.models import Person
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.mail_pages.forms import MailServerForm
from verbund.mail_pages.permissions import MailPermission
from verbund.notify import servers

_PAGE = "mail_pages-staff:server"


@requires(MailPermission.SET_SERVER)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def server(request: HttpRequest) -> HttpResponse:
    """Which server it is and how it does; keeping another one changes nothing until it was tried."""
    found = servers.server_set()
    form = MailServerForm(request.POST or None, server=found)
    if request.method == "POST" and form.is_valid():
        try:
            servers.change_server(
                wanted=form.wanted(),
                password=form.cleaned_data["password"],
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request,
                _("Gespeichert. Bitte senden Sie jetzt eine Probe: Erst danach gehen E-Mails diesen Weg."),
            )
            return redirect(_PAGE)
    values = {
        "form": form,
        "server": found,
        "refusal": _(servers.REFUSALS[found.refusal]) if found is not None and found.refusal else "",
        "breadcrumb_items": [(_("E-Mails"), reverse("mail_pages-staff:overview")), (_("Mailserver"), "")],
    }
    return render(request, "mail_pages/server.html", values, status=422 if form.errors else 200)


@requires(MailPermission.SET_SERVER)
@requires_fresh_factor
@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)  # noqa: S101 (the permission asked for one)
    address = request.user.email
    refusal = servers.try_server(to=address, by=actor_of(request), at=clock.now())
    if refusal:
        messages.error(request, _("Die Probe kam nicht durch. Was zu tun ist, steht auf dieser Seite."))
    else:
        messages.success(
            request,
            _("Die Probe ist unterwegs an %(address)s. Ab jetzt gehen alle E-Mails über Ihren Server.")
            % {"address": address},
        )
    return redirect(_PAGE)


@requires(MailPermission.SET_SERVER)
@requires_fresh_factor
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    servers.remove_server(by=actor_of(request), at=clock.now())
    messages.success(request, _("Ab jetzt gehen alle E-Mails wieder über den Server des Zweckverbands."))
    return redirect(_PAGE)
