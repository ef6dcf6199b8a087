# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the administration brings in its address list: hand over a file, see what it would change, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import DomainError
from verbund.places import importing, queries, uploads
from verbund.places.forms import AddressFileForm
from verbund.places.models import PendingFile
from verbund.places.permissions import PlacesPermission
from verbund.web.texts import number_text


@requires(PlacesPermission.MANAGE_GROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """The list as it is; a file that waits is shown with what it would change."""
    form = AddressFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            importing.upload_addresses(
                name=file.name, content=file.read(), by=actor_of(request), at=clock.now()
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("places-staff:addresses")
    waiting = uploads.pending(PendingFile.ADDRESSES)
    values = {"form": form, "tabs": tabs("addresses"), "known": queries.address_counts(), "waiting": waiting}
    if waiting:
        values |= _preview(importing.preview_addresses(uploads.content_of(waiting)))
    return render(request, "places/staff/addresses.html", values, status=422 if form.errors else 200)


@requires(PlacesPermission.MANAGE_GROUND)
@require_POST
def addresses_apply(request: HttpRequest) -> HttpResponse:
    result = importing.import_uploaded_addresses(by=actor_of(request), at=clock.now())
    messages.success(
        request,
        _("Die Adressliste ist eingespielt: %(added)d neu, %(changed)d verschoben, %(removed)d entfernt.")
        % {"added": result.added, "changed": result.changed, "removed": result.removed},
    )
    return redirect("places-staff:addresses")


@requires(PlacesPermission.MANAGE_GROUND)
@require_POST
def addresses_discard(request: HttpRequest) -> HttpResponse:
    uploads.discard_upload(purpose=PendingFile.ADDRESSES, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Datei ist verworfen. An der Adressliste hat sich nichts geändert."))
    return redirect("places-staff:addresses")


def _preview(result: importing.ImportResult) -> dict[str, Any]:
    figures = (
        (_("neu"), result.added),
        (_("verschoben"), result.changed),
        (_("unverändert"), result.kept),
        (_("entfallen"), result.removed),
    )
    return {
        "preview": result,
        "preview_figures": [{"label": label, "value": number_text(value)} for label, value in figures],
        "is_takable": bool(result.added + result.changed + result.kept),
    }


def tabs(current: str) -> list[dict[str, Any]]:
    """Both pages about the ground."""
    pages = (("addresses", _("Adressliste")), ("boundary", _("Gemeindegrenze")))
    return [
        {"label": label, "url": reverse(f"places-staff:{name}"), "is_current": name == current}
        for name, label in pages
    ]
