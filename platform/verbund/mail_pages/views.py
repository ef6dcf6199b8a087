# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts of a municipality's mails, with preview and a sample to oneself; what did not arrive, and once more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.accounts.models import Person
from verbund.kernel import clock
from verbund.kernel.errors import Invalid
from verbund.kernel.offers import MailKind
from verbund.mail_pages.forms import MailTextForm
from verbund.mail_pages.permissions import MailPermission
from verbund.mail_pages.rows import texts_of_scope, undelivered_rows
from verbund.notify import texts
from verbund.notify.api import queue_sample
from verbund.notify.rendering import Rendered, preview
from verbund.notify.retrying import retry


@requires(MailPermission.EDIT_TEXTS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    values = {
        "texts": texts_of_scope(),
        "undelivered": undelivered_rows(),
        "may_set_server": actor_of(request).may(MailPermission.SET_SERVER),
    }
    return render(request, "mail_pages/overview.html", values)


@requires(MailPermission.EDIT_TEXTS)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, template: str) -> HttpResponse:
    """Write a text. "Vorschau" shows it, "Probe an mich" sends it to oneself; only "Speichern" keeps it."""
    kind = texts.kind_of(template)
    words = texts.current(kind)
    form = MailTextForm(request.POST or None, initial={"subject": words.subject, "body": words.body})
    shown: Rendered | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("aktion") == "speichern":
                return _kept(request, kind, form)
            if request.POST.get("aktion") == "probe":
                _send_sample(request, kind, form)
            shown = preview(kind, texts.checked(kind, **form.cleaned_data))
        except Invalid as refused:
            form.add_refusal(refused)
    return render(
        request,
        "mail_pages/text.html",
        {
            "kind": kind,
            "form": form,
            "preview": shown,
            "own": texts.own(kind),
            "breadcrumb_items": [(_("E-Mails"), _overview_path()), (kind.label, "")],
        },
        status=422 if form.errors else 200,
    )


@requires(MailPermission.EDIT_TEXTS)
@require_POST
def supplied_text(request: HttpRequest, template: str) -> HttpResponse:
    texts.use_supplied(template=template, by=actor_of(request), at=clock.now())
    messages.success(request, _("Ab jetzt gilt wieder der mitgelieferte Text."))
    return redirect("mail_pages-staff:text", template=template)


@requires(MailPermission.RETRY)
@require_POST
def retry_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    retry(mail_id=mail_id, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die E-Mail wird noch einmal versendet."))
    return redirect(_overview_path())


def _kept(request: HttpRequest, kind: MailKind, form: MailTextForm) -> HttpResponse:
    values: dict[str, Any] = form.cleaned_data
    texts.write_text(template=kind.template, **values, by=actor_of(request), at=clock.now())
    messages.success(request, _("Gespeichert. Der Text gilt für alle E-Mails ab jetzt."))
    return redirect("mail_pages-staff:text", template=kind.template)


def _send_sample(request: HttpRequest, kind: MailKind, form: MailTextForm) -> None:
    assert isinstance(request.user, Person)  # noqa: S101 (the permission asked for one)
    address = request.user.email
    values: dict[str, Any] = form.cleaned_data
    queue_sample(to=address, template=kind.template, **values, by=actor_of(request), at=clock.now())
    messages.success(request, _("Die Probe ist unterwegs an %(address)s.") % {"address": address})


def _overview_path() -> str:
    return reverse("mail_pages-staff:overview")
