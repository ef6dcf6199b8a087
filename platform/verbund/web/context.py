# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page knows of the place it belongs to; free of database queries, so that error pages can use it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.kernel import clock, context
from verbund.kernel.context import Association, Municipality
from verbund.web.theme import current_theme

_KINDS = {"gemeinde": gettext_lazy("Gemeinde"), "stadt": gettext_lazy("Stadt"), "amt": gettext_lazy("Amt")}


def page(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- Django calls context processors with it
    """Context processor: name, badge and colours of the site."""
    return site()


def site() -> dict[str, Any]:
    """Name, badge, colours and the time of printing; neutral where nothing is entered."""
    scope = context.current_or_none()
    theme = current_theme()
    return {
        **_identity(scope),
        "theme_scheme": theme.scheme,
        "theme_url": _theme_url(theme.version),
        "printed_at": clock.now(),
        "request_id": context.request_id(),
    }


def initials(name: str) -> str:
    """Two letters for the badge of a place without a coat of arms: `BL` for Bad Liebenwerda, `Lu` for Luckau."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\(.*?\)", "", name)) or ["–"]
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else words[0][:2]


def _identity(scope: Municipality | Association | None) -> dict[str, str]:
    if isinstance(scope, Municipality):
        kind = "" if scope.name == scope.display_name else str(_KINDS[scope.kind])
        names = {"site_name": scope.display_name, "site_kind": kind, "site_place": scope.name}
        return {**names, "site_initials": initials(scope.name), "home_url": "/"}
    if isinstance(scope, Association):
        name = _("Verbund")
        return {"site_name": name, "site_kind": "", "site_place": name, "site_initials": "V", "home_url": "/"}
    return {
        "site_name": _("Kommunale Dienste"),
        "site_kind": "",
        "site_place": "",
        "site_initials": "",
        "home_url": "",
    }


def _theme_url(version: str) -> str:
    try:
        address = reverse("web:theme")
    except NoReverseMatch:
        address = "/theme.css"
    return f"{address}?{urlencode({'v': version})}"
