# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of this package's pages, which stand in other places on a municipality's host and the association's."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.notify.api import absolute_url

_MUNICIPALITY = "verbund.config.urls.municipality"
_ASSOCIATION = "verbund.config.urls.association"


def page_url(name: str, **arguments: Any) -> str:
    """The path of a page of the administration (`people`, `person`, `tokens`, …) on the entered scope's host."""
    is_municipality = isinstance(context.current(), Municipality)
    namespace = "accounts-staff" if is_municipality else "accounts-association"
    return reverse(f"{namespace}:{name}", urlconf=_urlconf(), kwargs=arguments)


def absolute_page(name: str, **arguments: Any) -> str:
    """The full address of a page under /konto/, for mails written where there is no request."""
    return absolute_url(reverse(name, urlconf=_urlconf(), kwargs=arguments))


def _urlconf() -> str:
    return _MUNICIPALITY if isinstance(context.current(), Municipality) else _ASSOCIATION
