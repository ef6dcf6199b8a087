# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of specs, read before the language of a request is known."""

from __future__ import annotations

from django.utils.functional import Promise

# gettext_lazy gives a promise.
LazyText = str | Promise
