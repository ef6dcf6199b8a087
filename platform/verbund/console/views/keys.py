# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys: when each was renewed, what is under way, and the buttons for new ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.console import renewals
from verbund.console.keys_form import KeysForm
from verbund.console.permissions import TenantPermission
from verbund.kernel import clock
from verbund.kernel.errors import DomainError

# Tells htmx to stop asking.
_STOP_POLLING = 286


@requires(TenantPermission.READ)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Everybody with the latest renewal, and the form for new ones."""
    board = renewals.board()
    return _page(request, board, KeysForm(names=board.names))


@requires(TenantPermission.READ)
@require_safe
def board_fragment(request: HttpRequest) -> HttpResponse:
    """The table for htmx: nothing while nothing is new."""
    board = renewals.board()
    if board.is_open and request.GET.get("bekannt") == board.mark:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "console/keys.html#board",
        {"board": board, "may_renew": _may_renew(request)},
        status=200 if board.is_open else _STOP_POLLING,
    )


@requires(TenantPermission.RENEW_KEYS)
@requires_fresh_factor
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    board = renewals.board()
    form = KeysForm(request.POST, names=board.names)
    if form.is_valid():
        try:
            renewals.renew(**form.cleaned_data, by=actor_of(request), at=clock.now())
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Erneuerung ist in Auftrag gegeben."))
            return redirect("console-association:keys")
    return _page(request, board, form)


@requires(TenantPermission.RENEW_KEYS)
@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    renewals.retry(job_id=job_id, by=actor_of(request), at=clock.now())
    return redirect("console-association:keys")


def _page(request: HttpRequest, board: renewals.Board, form: KeysForm) -> HttpResponse:
    values = {"board": board, "form": form, "may_renew": _may_renew(request)}
    return render(request, "console/keys.html", values)


def _may_renew(request: HttpRequest) -> bool:
    return actor_of(request).may(TenantPermission.RENEW_KEYS)
