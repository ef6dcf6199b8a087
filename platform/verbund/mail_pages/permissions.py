# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with a municipality's mail."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class MailPermission(StrEnum):
    """Permissions of this package."""

    EDIT_TEXTS = "mail_pages:text:edit"
    RETRY = "mail_pages:mail:retry"
    SET_SERVER = "mail_pages:server:set"


LABELS: dict[str, LazyText] = {
    MailPermission.EDIT_TEXTS: _("Texte der E-Mails schreiben"),
    MailPermission.RETRY: _("Nicht zugestellte E-Mails ansehen und erneut senden"),
    MailPermission.SET_SERVER: _("Mailserver und Absender festlegen"),
}
