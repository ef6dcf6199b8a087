# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which the office blackens what must not be seen on a photo."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.kernel import clock
from verbund.kernel.errors import Invalid, NotFound
from verbund.modules.defects.access import get_report_for
from verbund.modules.defects.forms_photos import RedactForm
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.photos import redact_photo


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DefectsPermission.RELEASE)
def redact(request: HttpRequest, reference: str, photo_id: int) -> HttpResponse:
    """Draw boxes or write them down; the picture below shows what everybody sees now."""
    by = actor_of(request)
    report = get_report_for(by, reference)
    photo = report.photos.select_related("file").filter(pk=photo_id).first()
    if photo is None:
        raise NotFound
    form = RedactForm(request.POST or None, initial={"boxes": photo.boxes})
    if request.method == "POST" and form.is_valid():
        try:
            redact_photo(
                reference=reference,
                photo_id=photo_id,
                boxes=form.cleaned_data["boxes"],
                by=by,
                at=clock.now(),
            )
        except Invalid as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Gespeichert. So sieht das Foto jetzt für alle aus."))
            return redirect("defects-staff:redact", reference=reference, photo_id=photo_id)
    path = reverse("defects-staff:report", kwargs={"reference": reference})
    title = _("Foto %(number)s schwärzen") % {"number": photo.number}
    values = {
        "report": report,
        "photo": photo,
        "form": form,
        "title": title,
        "report_url": path,
        "breadcrumb_items": [
            (_("Mängel"), reverse("defects-staff:list")),
            (report.reference, path),
            (title, ""),
        ],
    }
    return render(request, "defects/staff/redact.html", values, status=422 if form.errors else 200)
