# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the pages about mail; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class MailPagesConfig(AppConfig):
    name = "verbund.mail_pages"
    label = "mail_pages"
