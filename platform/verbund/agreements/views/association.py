# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's pages: versions, members, recording."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tenants.models import Tenant
from tenants.states import State
from verbund.accounts.access import requires
from verbund.accounts.api import actor_of
from verbund.accounts.reach import api as reach
from verbund.agreements import queries, services, store
from verbund.agreements.forms import PublishForm, RecordForm
from verbund.agreements.models import Version
from verbund.agreements.permissions import AgreementsPermission
from verbund.agreements.queries import STANDING_LABELS, Standing
from verbund.agreements.views.files import pdf
from verbund.kernel import clock
from verbund.kernel.errors import DomainError, NotFound
from verbund.web.pagination import page_of

_TITLE = gettext_lazy("Auftragsverarbeitung")


@requires(AgreementsPermission.READ)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everybody and how they stand; those who have left are not asked any more."""
    members = list(reach.visible(Tenant.objects.exclude(state__in=[State.LEAVING, State.ARCHIVED])))
    positions = queries.positions([member.number for member in members], today=clock.today())
    rows: list[dict[str, Any]] = [
        {"member": member, "position": positions[member.number]} for member in members
    ]
    wanted = request.GET.get("stand", "")
    shown = [row for row in rows if row["position"].standing == wanted] if wanted in set(Standing) else rows
    return render(
        request,
        "agreements/overview.html",
        {
            "page": page_of(request, shown, per_page=50),
            "tabs": _tabs(rows, wanted),
            "versions": list(Version.objects.all()),
            "may_manage": actor_of(request).may(AgreementsPermission.MANAGE),
        },
    )


@requires(AgreementsPermission.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    reach.check_all(actor_of(request))
    form = PublishForm(request.POST, request.FILES) if request.method == "POST" else PublishForm()
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data}
        try:
            published = services.publish_version(
                content=_content(values.pop("file")), by=actor_of(request), at=clock.now(), **values
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("Fassung %(number)s ist veröffentlicht.") % {"number": published.number}
            )
            return redirect("agreements-association:overview")
    way = [(str(_TITLE), reverse("agreements-association:overview")), (_("Neue Fassung"), "")]
    values = {"form": form, "breadcrumb_items": way}
    return render(request, "agreements/publish.html", values, status=422 if form.errors else 200)


@requires(AgreementsPermission.READ)
@require_safe
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """One member: what it has signed, and the form to record the next."""
    return _member_page(request, _tenant(slug), None)


@requires(AgreementsPermission.MANAGE)
@require_http_methods(["POST"])
def record(request: HttpRequest, slug: str) -> HttpResponse:
    tenant = _tenant(slug)
    form = RecordForm(request.POST, request.FILES, versions=list(Version.objects.all()))
    if form.is_valid():
        values = {**form.cleaned_data}
        try:
            services.record_agreement(
                tenant=tenant.number,
                version_id=values.pop("version"),
                content=_content(values.pop("file")),
                by=actor_of(request),
                at=clock.now(),
                **values,
            )
        except DomainError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Vereinbarung ist hinterlegt."))
            return redirect("agreements-association:member", slug=slug)
    return _member_page(request, tenant, form)


@requires(AgreementsPermission.READ)
@require_safe
def version_file(request: HttpRequest, version_id: int) -> HttpResponse:  # noqa: ARG001 (a view\'s signature)
    found = queries.version(version_id)
    return pdf(store.content_of(found.file_id, found.sha256), f"auftragsverarbeitung-{found.number}")


@requires(AgreementsPermission.READ)
@require_safe
def agreement_file(request: HttpRequest, slug: str, agreement_id: int) -> HttpResponse:  # noqa: ARG001 (a view\'s signature)
    tenant = _tenant(slug)
    found = queries.agreement(agreement_id, tenant=tenant.number)
    if found.file_id is None:
        raise NotFound
    name = f"auftragsverarbeitung-{slug}-{found.version.number}"
    return pdf(store.content_of(found.file_id, found.sha256), name)


def _member_page(request: HttpRequest, tenant: Tenant, form: RecordForm | None) -> HttpResponse:
    agreements = queries.agreements_of(tenant.number)
    signed = {row.version_id for row in agreements}
    versions = [version for version in Version.objects.all() if version.pk not in signed]
    may_manage = actor_of(request).may(AgreementsPermission.MANAGE)
    if form is None and versions and may_manage:
        form = RecordForm(versions=versions)
    values = {
        "member": tenant,
        "position": queries.position_of(tenant.number, today=clock.today()),
        "agreements": agreements,
        "has_versions": bool(versions or agreements),
        "form": form,
        "may_manage": may_manage,
        "waits_for_it": tenant.state == State.FAILED,
        "breadcrumb_items": [
            (str(_TITLE), reverse("agreements-association:overview")),
            (tenant.name, ""),
        ],
    }
    return render(request, "agreements/member.html", values, status=422 if form and form.errors else 200)


def _tenant(slug: str) -> Tenant:
    tenant = reach.visible(Tenant.objects.filter(slug=slug)).first()
    if tenant is None:
        raise NotFound
    return tenant


def _content(upload: Any) -> bytes:
    """The bytes, but not more of them than are allowed; one more tells that there were too many."""
    content: bytes = upload.read(store.LARGEST_BYTES + 1)
    return content


def _tabs(rows: list[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    counts = {standing: sum(row["position"].standing == standing for row in rows) for standing in Standing}
    everything = {"label": _("Alle"), "url": "?", "is_current": wanted not in counts, "count": len(rows)}
    return [
        everything,
        *(
            {
                "label": STANDING_LABELS[standing],
                "url": f"?stand={standing.value}",
                "is_current": standing == wanted,
                "count": counts[standing],
            }
            for standing in Standing
        ),
    ]
