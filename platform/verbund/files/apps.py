# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the files package."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "verbund.files"
    label = "files"
