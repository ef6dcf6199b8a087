# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with usage figures."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class BillingPermission(StrEnum):
    READ_USAGE = "billing:usage:read"
    READ_OWN_USAGE = "billing:own_usage:read"


LABELS: dict[str, LazyText] = {
    BillingPermission.READ_USAGE: _("Nutzungsberichte lesen"),
    BillingPermission.READ_OWN_USAGE: _("eigene Nutzung ansehen"),
}
