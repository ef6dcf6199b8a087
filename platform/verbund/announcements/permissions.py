# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who writes announcements; everybody of a municipality's staff reads them."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class AnnouncementsPermission(StrEnum):
    """Permissions of this package."""

    READ = "announcements:announcement:read"
    MANAGE = "announcements:announcement:manage"


LABELS: dict[str, LazyText] = {
    AnnouncementsPermission.READ: _("Ankündigungen lesen"),
    AnnouncementsPermission.MANAGE: _("Ankündigungen schreiben und zurückziehen"),
}
