# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the cases package that a municipality may write in its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import MailKind, MailPlaceholder

MAILS = (
    MailKind(
        template="cases/status_link",
        label=_("Link zum Stand der Anliegen"),
        placeholders=(
            MailPlaceholder(
                name="frist",
                label=_("Tag, bis zu dem der Link gilt"),
                value="{{ expires_at|day }}",
                example="28.12.2026",
            ),
        ),
        action_label="Stand ansehen",
    ),
)
