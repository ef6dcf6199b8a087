# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the pages of this package stand: on a municipality's host and on the association's, under different names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from verbund.kernel import context
from verbund.kernel.context import Municipality


def is_association() -> bool:
    """Whether the association's own texts are meant."""
    return not isinstance(context.current(), Municipality)


def public_path(name: str, **arguments: Any) -> str:
    """A page for everybody, on the host of what is entered."""
    return _path("public", name, arguments)


def staff_path(name: str, **arguments: Any) -> str:
    """A page for those who write the texts, on the host of what is entered."""
    return _path("public-staff", name, arguments)


def public_shell(request: HttpRequest) -> str:
    """The frame of a page for everybody; the association's own people keep their menu."""
    is_at_work = is_association() and getattr(getattr(request, "user", None), "is_authenticated", False)
    return "web/shell_console.html" if is_at_work else "web/shell_public.html"


def staff_shell() -> str:
    """The frame of a page for those who write the texts."""
    return "web/shell_console.html" if is_association() else "web/shell_staff.html"


def _path(namespace: str, name: str, arguments: dict[str, Any]) -> str:
    if is_association():
        host, namespace = "association", "public-association"
    else:
        host = "municipality"
    return reverse(f"{namespace}:{name}", kwargs=arguments, urlconf=f"verbund.config.urls.{host}")
