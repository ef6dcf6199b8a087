# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done with processing agreements."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from verbund.kernel.texts import LazyText


class AgreementsPermission(StrEnum):
    """Permissions of this package."""

    READ = "agreements:agreement:read"
    MANAGE = "agreements:agreement:manage"
    READ_OWN = "agreements:own:read"
    AGREE = "agreements:own:agree"


LABELS: dict[str, LazyText] = {
    AgreementsPermission.READ: _("Vereinbarungen aller Kommunen lesen"),
    AgreementsPermission.MANAGE: _("Vereinbarungen veröffentlichen und eintragen"),
    AgreementsPermission.READ_OWN: _("eigene Vereinbarung lesen"),
    AgreementsPermission.AGREE: _("der eigenen Vereinbarung zustimmen"),
}
