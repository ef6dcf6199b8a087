# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of processing on a page and as a document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.accounts.access import requires
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.privacy.controller import head, measures
from verbund.privacy.permissions import PrivacyPermission
from verbund.privacy.record import as_pdf, chapters
from verbund.web.exports import export_name


@requires(PrivacyPermission.READ)
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    scope = context.current()
    if not isinstance(scope, Municipality):
        raise NotFound
    values = {
        "chapters": chapters(),
        "head": head(scope, at=clock.now()),
        "measures": measures(),
        "today": clock.today(),
    }
    return render(request, "privacy/record.html", values)


@requires(PrivacyPermission.READ)
@require_safe
def record_pdf(_request: HttpRequest) -> HttpResponse:
    scope, now = context.current(), clock.now()
    if not isinstance(scope, Municipality):
        raise NotFound
    name = export_name(_("Verzeichnis der Verarbeitungstätigkeiten"), scope.slug, clock.today(), "pdf")
    return HttpResponse(
        as_pdf(scope, at=now),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
