# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with the texts of a municipality and with what citizens tell about barriers."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class PublicPermission(StrEnum):
    """Permissions of this package."""

    EDIT_PAGES = "public:legal_page:edit"
    HANDLE_FEEDBACK = "public:feedback:handle"


LABELS: dict[str, LazyText] = {
    PublicPermission.EDIT_PAGES: _("Seiten und Texte schreiben"),
    PublicPermission.HANDLE_FEEDBACK: _("Rückmeldungen zur Barrierefreiheit bearbeiten"),
}
