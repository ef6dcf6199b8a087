# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The endpoints of Open311. Errors come in the form that was asked for, never as a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import AuthenticationFailed
from typing_extensions import override

from verbund.accounts.api import actor_for_token
from verbund.accounts.rest import TokenAuthentication
from verbund.files import api as files
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import DomainError
from verbund.modules.defects import limits, queries
from verbund.modules.defects.access import get_public_report, get_submitted_report
from verbund.modules.defects.drafting import MOST_PHOTOS
from verbund.modules.defects.links import link_to
from verbund.modules.defects.models import Category, Report
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.references import parse_reference
from verbund.modules.defects.reporting import NewReport, submit_report
from verbund.modules.defects.rest.open311 import documents
from verbund.modules.defects.rest.open311.asking import (
    Wish,
    check_jurisdiction,
    description_of,
    refuse_nulls,
    spot_of,
    wish_of,
)
from verbund.modules.defects.rest.open311.errors import KeyRefused, Refused, Unknown, reasons_of
from verbund.modules.defects.rest.open311.rendering import Document, answer
from verbund.modules.defects.states import State
from verbund.web.problems import add_retry_after

_CLOSED = (State.DONE, State.NOT_REPAIRED, State.DUPLICATE)
_CREATED, _NOT_ALLOWED = 201, 405


# No cookie opens anything here: reading is public, and writing takes a key that no browser sends on its own.
@method_decorator(csrf_exempt, name="dispatch")
class Endpoint(View):
    """Writes the document that the method's function makes, or its refusal, in the asked form."""

    http_method_names = ["get", "head", "post"]

    @override
    def dispatch(self, request: HttpRequest, *args: Any, form: str, **names: str) -> HttpResponse:
        try:
            refuse_nulls(request.POST)
            self.check_jurisdiction(request)
            document: Any = super().dispatch(request, *args, **names)
        except DomainError as error:
            status, found = reasons_of(error)
            response = answer(documents.errors(found), form, status=status)
            add_retry_after(response, error)
            return response
        return answer(document, form, status=_CREATED if request.method == "POST" else 200)

    def check_jurisdiction(self, request: HttpRequest) -> None:
        """Refuse a jurisdiction that is not the one entered."""
        check_jurisdiction(request.POST if request.method == "POST" else request.GET)

    @override
    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise Refused("This method is not allowed here.", status=_NOT_ALLOWED)


class Discovery(Endpoint):
    def get(self, _request: HttpRequest) -> Document:
        base = link_to("defects:open311-services", form="xml").removesuffix("services.xml")
        return documents.discovery(link_to("public:kontakt"), base)


class Services(Endpoint):
    def get(self, _request: HttpRequest) -> Document:
        return documents.services(queries.categories())


class Service(Endpoint):
    def get(self, _request: HttpRequest, code: str) -> Document:
        return documents.service_definition(_category(code))


class SingleRequest(Endpoint):
    def get(self, request: HttpRequest, reference: str) -> Document:
        if parse_reference(reference) is None:
            raise Unknown("service_request_id")
        found = get_public_report(reference)
        return documents.requests([found], is_extended=request.GET.get("extensions", "").lower() == "true")


class Token(Endpoint):
    def get(self, _request: HttpRequest, text: str) -> Document:
        try:
            reference = signing.Signer(salt=_salt()).unsign_object(text)
        except signing.BadSignature as error:
            raise Unknown("token") from error
        return documents.token(text, get_submitted_report(reference))


class Requests(Endpoint):
    def get(self, request: HttpRequest) -> Document:
        wish = wish_of(request, now=clock.now())
        return documents.requests(_wanted(wish), is_extended=wish.is_extended)

    @method_decorator(files.all_or_nothing())
    def post(self, request: HttpRequest) -> Document:
        """A new report from somebody else's app; with an address it waits for its confirmation like any other."""
        by, given = _caller(request), request.POST
        limits.OPEN311.spend(by.id)
        code = given.get("service_code", "").strip()
        if not code:
            raise Refused("service_code must be given.")
        spot = spot_of(given)
        new = NewReport(
            category=_category(code).code,
            latitude=spot.latitude,
            longitude=spot.longitude,
            address=spot.address[:200],
            description=description_of(given),
            photos=_photos(request, by),
            name=f"{given.get('first_name', '')} {given.get('last_name', '')}".strip()[:150],
            email=given.get("email", "").strip(),
            phone=given.get("phone", "").strip()[:40],
            source="open311",
        )
        report = submit_report(new=new, by=by, at=clock.now())
        return documents.created(report, signing.Signer(salt=_salt()).sign_object(report.reference))


def _caller(request: HttpRequest) -> Actor:
    text = request.POST.get("api_key") or request.GET.get("api_key") or ""
    try:
        _bearer, found = TokenAuthentication().authenticate_text(text.strip())
    except AuthenticationFailed as error:
        raise KeyRefused from error
    by = actor_for_token(found)
    if not by.may(DefectsPermission.SUBMIT):
        raise KeyRefused
    return by


def _photos(request: HttpRequest, by: Actor) -> tuple[UUID, ...]:
    uploads = request.FILES.getlist("media")
    if len(uploads) > MOST_PHOTOS:
        raise Refused(f"At most {MOST_PHOTOS} files are taken as media.")
    owner, now = f"defects.draft:{uuid4()}", clock.now()
    return tuple(files.store_photo(upload=upload, owner=owner, by=by, at=now).pk for upload in uploads)


def _category(code: str) -> Category:
    category = queries.categories().filter(code=code).first()
    if category is None:
        raise Unknown("service_code")
    return category


def _wanted(wish: Wish) -> QuerySet[Report]:
    reports = queries.public_reports().prefetch_related("photos")
    if wish.is_extended:
        reports = reports.select_related("case").prefetch_related("case__timeline")
    if wish.references:
        return reports.filter(reference__in=wish.references)[: wish.page_size]
    reports = reports.filter(received_at__gte=wish.start, received_at__lte=wish.end)
    if wish.services:
        reports = reports.filter(category__code__in=wish.services)
    if wish.statuses == {"closed"}:
        reports = reports.filter(state__in=_CLOSED)
    elif wish.statuses == {"open"}:
        reports = reports.exclude(state__in=_CLOSED)
    if wish.updated_after:
        reports = reports.filter(updated_at__gte=wish.updated_after)
    if wish.updated_before:
        reports = reports.filter(updated_at__lte=wish.updated_before)
    first = (wish.page - 1) * wish.page_size
    return reports[first : first + wish.page_size]


def _salt() -> str:
    return f"defects.open311.{context.current().key}"
