# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Renders mails from templates: plain text, and HTML with its styles written into the elements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.http import HttpResponse
from django.template.loader import render_to_string

from verbund.web.context import site
from verbund.web.theme import current_theme

_STYLES = Path(__file__).parent / "templates" / "web" / "mail" / "mail.css"
_STANDARD_COLOR = "#2044aa"


def render_mail(template: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Text and HTML of a mail; ``template`` without ending, its two files extend web/mail/base.txt and .html."""
    context = {**site(), **values}
    text = render_to_string(f"{template}.txt", context).strip() + "\n"
    return text, with_styles(render_to_string(f"{template}.html", context))


def with_styles(html: str) -> str:
    """The HTML with our mail styles in the municipality's colour; nothing is fetched from anywhere."""
    return _inliner(current_theme().brand.hex).inline(html)


def preview(html: str) -> HttpResponse:
    """A finished mail to look at; mails carry their styles in the elements, so this page has a policy of its own."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
    )
    return response


@cache
def _inliner(color: str) -> css_inline.CSSInliner:
    styles = _STYLES.read_text(encoding="utf-8").replace(_STANDARD_COLOR, color)
    return css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=styles)
