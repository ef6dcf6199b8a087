# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A municipality's page about its own agreement: what it has signed, and agreeing to a newer version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.agreements import consent, notices, queries, store
from verbund.agreements.forms import ConsentForm
from verbund.agreements.permissions import AgreementsPermission
from verbund.agreements.views.files import pdf
from verbund.kernel import clock, context
from verbund.kernel.errors import DomainError, NotFound


@requires(AgreementsPermission.READ_OWN)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    tenant = context.current_municipality().number
    with context.enter_association():
        agreements = queries.agreements_of(tenant)
    values = {
        "position": queries.own_position(today=clock.today()),
        "agreements": agreements,
        "may_agree": actor_of(request).may(AgreementsPermission.AGREE),
    }
    return render(request, "agreements/own.html", values)


@requires(AgreementsPermission.AGREE)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, version_id: int) -> HttpResponse:
    """Read, type the name, agree; the second factor is asked for when the page is opened."""
    position = queries.own_position(today=clock.today())
    if position.newest is None or not position.is_open:
        messages.info(request, _("Es ist keine Fassung offen."))
        return redirect("agreements-staff:own")
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            consent.agree(
                version_id=version_id,
                name=form.cleaned_data["name"],
                function=form.cleaned_data["function"],
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            notices.forget()
            messages.success(
                request,
                _("Sie haben der Fassung %(number)s zugestimmt.") % {"number": position.newest.number},
            )
            return redirect("agreements-staff:own")
    if position.newest.pk != version_id and request.method != "POST":
        return redirect("agreements-staff:agree", version_id=position.newest.pk)
    values = {"form": form, "version": position.newest, "name": actor_of(request).name}
    return render(request, "agreements/agree.html", values, status=422 if form.errors else 200)


@requires(AgreementsPermission.READ_OWN)
@require_safe
def version_file(request: HttpRequest, version_id: int) -> HttpResponse:  # noqa: ARG001 (a view\'s signature)
    """The text of a version; every member may read all of them."""
    with context.enter_association():
        found = queries.version(version_id)
        content = store.content_of(found.file_id, found.sha256)
    return pdf(content, f"auftragsverarbeitung-{found.number}")


@requires(AgreementsPermission.READ_OWN)
@require_safe
def agreement_file(request: HttpRequest, agreement_id: int) -> HttpResponse:  # noqa: ARG001 (a view\'s signature)
    """The municipality's own signed PDF; another's does not exist here."""
    tenant = context.current_municipality().number
    with context.enter_association():
        found = queries.agreement(agreement_id, tenant=tenant)
        if found.file_id is None:
            raise NotFound
        content = store.content_of(found.file_id, found.sha256)
    return pdf(content, f"auftragsverarbeitung-{found.version.number}-unterschrieben")
