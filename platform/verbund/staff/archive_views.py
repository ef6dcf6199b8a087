# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administration's page for its own data: order an archive, watch it being written, fetch it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tenants.archive import orders
from tenants.archive.errors import BadReceiverKey
from verbund.accounts.access import requires, requires_fresh_factor
from verbund.accounts.api import actor_of
from verbund.jobs.hints import hint
from verbund.jobs.models import State
from verbund.kernel import clock
from verbund.kernel.context import ASSOCIATION
from verbund.kernel.errors import DomainError
from verbund.web.forms import Form

PERMISSION = "tenants:archive:order"
# Tells htmx to stop asking.
_STOP_POLLING = 286


class OrderForm(Form):
    """For whom the archive is sealed."""

    receiver = forms.CharField(
        label=gettext_lazy("Öffentlicher Schlüssel des Empfängers"),
        help_text=gettext_lazy(
            "Der Inhalt Ihrer Datei mit der Endung .pub. Ohne Schlüssel kann nur der Verband das Archiv öffnen."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )


@requires(PERMISSION)
@requires_fresh_factor
@require_http_methods(["GET", "HEAD", "POST"])
def archives(request: HttpRequest) -> HttpResponse:
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _order(form.cleaned_data["receiver"], request)
        except BadReceiverKey as refusal:
            form.add_error("receiver", refusal.message)
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Das Archiv wird geschrieben. Sie können diese Seite schließen."))
            return redirect("staff-staff:archives")
    values = {"form": form, **_rows()}
    return render(request, "staff/archives.html", values, status=422 if form.errors else 200)


@requires(PERMISSION)
@require_safe
def archives_fragment(request: HttpRequest) -> HttpResponse:
    """The list for htmx, until nothing is being written any more."""
    values = _rows()
    status = 200 if values["is_open"] else _STOP_POLLING
    return render(request, "staff/archives.html#orders", values, status=status)


@requires(PERMISSION)
@requires_fresh_factor
@require_safe
def download(request: HttpRequest, order_id: UUID) -> HttpResponseBase:
    order, path = orders.download_archive(order_id=order_id, by=actor_of(request), at=clock.now())
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=orders.file_name(order),
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _order(receiver: str, request: HttpRequest) -> None:
    with transaction.atomic():
        job = orders.order_archive(receiver_pem=receiver, by=actor_of(request), at=clock.now())
        transaction.on_commit(lambda: _wake(job.pk))


def _wake(job_id: int) -> None:
    """Without a broker the worker finds the order by itself within minutes."""
    hint("tenants.export", scope=ASSOCIATION, arguments=[job_id])


def _rows() -> dict[str, Any]:
    now = clock.now()
    rows = [
        {
            "order": order,
            "job": job,
            "is_open": job is not None and job.is_open,
            "is_failed": job is not None and job.state == State.FAILED,
            "is_ready": bool(
                order.made_at and order.expires_at and order.expires_at > now and not order.removed_at
            ),
        }
        for order, job in orders.orders()
    ]
    return {"rows": rows, "is_open": any(row["is_open"] for row in rows)}
