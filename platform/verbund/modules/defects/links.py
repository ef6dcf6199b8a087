# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the module's pages where there is no request, for mails and programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from verbund.notify.api import absolute_url

_URLS = "verbund.config.urls.municipality"


def path_to(name: str, **arguments: Any) -> str:
    """The path on the municipality's host; ``name`` with its namespace, `defects:report`."""
    return reverse(name, urlconf=_URLS, kwargs=arguments)


def link_to(name: str, **arguments: Any) -> str:
    """The whole address."""
    return absolute_url(path_to(name, **arguments))


def photo_url(file_id: UUID, size: int = 1600) -> str:
    """The whole address of a photo; whether it may be seen is decided when it is asked for."""
    return link_to("files:photo", file_id=file_id, size=size)
