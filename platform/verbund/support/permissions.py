# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may ask for access, and who watches it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class SupportPermission(StrEnum):
    """Permissions of this package."""

    REQUEST = "support:access:request"
    READ = "support:access:read"
    CONTROL = "support:access:control"


LABELS: dict[str, LazyText] = {
    SupportPermission.REQUEST: _("Fernzugriff beantragen"),
    SupportPermission.READ: _("Fernzugriffe ansehen"),
    SupportPermission.CONTROL: _("Fernzugriff erlauben und beenden"),
}
