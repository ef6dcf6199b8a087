# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hands out photos to those who may see them."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from verbund.files import storage
from verbund.files.models import StoredFile
from verbund.files.visibility import Visibility, visibility_of
from verbund.kernel.errors import NotFound
from verbund.kernel.ports import port

# Kept, but asked for again each time: what the office takes back is gone at once.
_PUBLIC = "public, no-cache"
_PRIVATE = "private, no-store"


class RequestAccess(Protocol):
    """The port of that name: whether whoever asks is signed in, second factor included, and may do it."""

    def __call__(self, request: HttpRequest, permission: str) -> bool: ...


@require_safe
def photo(request: HttpRequest, file_id: UUID, size: int) -> HttpResponseBase:
    """One size of a photo; what may not be seen does not exist."""
    file = StoredFile.objects.filter(pk=file_id).first()
    visibility = visibility_of(file) if file is not None else Visibility()
    if not visibility.is_public and not _is_allowed(request, visibility.permission):
        raise NotFound
    tag = f'"{file_id}-{size}"'  # the bytes behind an address never change
    if visibility.is_public and tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": _PUBLIC})
    response = photo_response(file_id, size, is_public=visibility.is_public)
    if visibility.is_public:
        response["ETag"] = tag
    return response


def photo_response(file_id: UUID, size: int, *, is_public: bool) -> FileResponse:
    """A JPEG with headers that keep browsers from guessing and proxies from keeping what is not public.

    Raises:
        NotFound: the file is not there.
    """
    response = FileResponse(storage.open_read(file_id, size), content_type="image/jpeg")
    response["Cache-Control"] = _PUBLIC if is_public else _PRIVATE
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_allowed(request: HttpRequest, permission: str) -> bool:
    may: RequestAccess | None = port("RequestAccess")  # type: ignore[assignment]  # the spec names such a callable
    return bool(permission and may is not None and may(request, permission))
