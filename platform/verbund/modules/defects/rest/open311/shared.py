# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One Open311 endpoint for all members, on the association's host: the jurisdiction says whose it is.

Each request enters exactly one municipality, whose public data it reads and whose key it needs for writing.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from typing_extensions import override

from tenants import directory
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.kernel.ports import is_active
from verbund.modules.defects.rest.open311 import documents, views
from verbund.modules.defects.rest.open311.asking import refuse_nulls
from verbund.modules.defects.rest.open311.errors import Refused, Unknown, reasons_of
from verbund.modules.defects.rest.open311.rendering import Document, answer
from verbund.notify.api import absolute_url

_MODULE = "defects"


class SharedDiscovery(views.Endpoint):
    """Where the shared endpoint is; asks for no jurisdiction."""

    def get(self, _request: HttpRequest) -> Document:
        path = reverse(
            "defects-association:open311-services",
            urlconf="verbund.config.urls.association",
            kwargs={"form": "xml"},
        )
        return documents.discovery(absolute_url("/"), absolute_url(path).removesuffix("services.xml"))

    @override
    def check_jurisdiction(self, request: HttpRequest) -> None:
        """None is needed."""


# The mark of the class above stands on the function that is replaced here.
@method_decorator(csrf_exempt, name="dispatch")
class Shared(views.Endpoint):
    """Enters the municipality that the jurisdiction names, and answers as its own endpoint would."""

    @override
    def dispatch(self, request: HttpRequest, *args: Any, form: str, **names: str) -> HttpResponse:
        try:
            municipality = _jurisdiction(request)
        except Refused as refused:
            status, found = reasons_of(refused)
            return answer(documents.errors(found), form, status=status)
        with context.enter(municipality):
            return super().dispatch(request, *args, form=form, **names)


class SharedServices(Shared, views.Services):
    pass


class SharedService(Shared, views.Service):
    pass


class SharedRequests(Shared, views.Requests):
    pass


class SharedSingleRequest(Shared, views.SingleRequest):
    pass


class SharedToken(Shared, views.Token):
    pass


def _jurisdiction(request: HttpRequest) -> Municipality:
    """The member by its slug or one of its hosts.

    Raises:
        Refused: none is named.
        Unknown: there is none of that name, or it does not use this module.
    """
    given = request.POST if request.method == "POST" else request.GET
    refuse_nulls(given)
    wanted = given.get("jurisdiction_id", "").strip().lower()
    if not wanted:
        raise Refused("jurisdiction_id must be given.")
    found = directory.by_host(wanted) if "." in wanted else directory.by_slug(wanted)
    if found is None or not is_active(found, _MODULE):
        raise Unknown("jurisdiction_id")
    return found
