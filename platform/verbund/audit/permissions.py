# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with the audit record: it is read, never changed."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class AuditPermission(StrEnum):
    """Permissions of this package."""

    READ = "audit:entry:read"


LABELS: dict[str, LazyText] = {
    AuditPermission.READ: _("Protokoll lesen"),
}
