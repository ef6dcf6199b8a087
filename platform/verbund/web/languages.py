# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts that exist in German only are marked as such on pages in another language (WCAG 3.1.2)."""

from __future__ import annotations

from django.utils.translation import get_language


def is_foreign() -> bool:
    """Whether the page at work speaks another language than the administration writes."""
    return not (get_language() or "de").startswith("de")
