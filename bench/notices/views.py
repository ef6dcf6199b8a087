# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The five requests that are measured. Each answer names whose data it shows."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from bench.notices.models import Notice

TEN = range(1, 11)
# Behind everything that the list shows, which so stays the same for all.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@require_GET
def no_query(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"owners": []})


@require_GET
def one_query(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"owners": [Notice.objects.get(pk=1).owner]})


@require_GET
def ten_queries(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"owners": [Notice.objects.get(pk=number).owner for number in TEN]})


@require_GET
@login_required
def signed_in_page(request: HttpRequest) -> HttpResponse:
    """Session, account and one list: what a clerk's page does at the least."""
    return render(request, "notices/page.html", {"notices": Notice.objects.all()[:10]})


@csrf_exempt
@require_POST
def one_write(_request: HttpRequest) -> JsonResponse:
    with transaction.atomic():
        made = Notice.objects.create(owner="", title="Baustelle", text="", put_up_at=LONG_AGO)
    return JsonResponse({"owners": [], "made": made.pk})
