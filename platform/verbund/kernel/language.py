# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The official language: what is written down or sent by mail is German, whoever causes it from which page."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

__all__ = ["official_language"]


def official_language() -> AbstractContextManager[None]:
    """Texts made inside are in the official language instead of that of the page somebody looks at."""
    return translation.override(settings.LANGUAGE_CODE)
