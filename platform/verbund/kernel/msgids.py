# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Marks a text for translation without translating it yet."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """The text as it is. Django's function of this name reads the settings, and errors are imported before them."""
    return message
