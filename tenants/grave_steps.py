# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked before a step that somebody cannot simply take back: its member's short name, typed, and why."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from tenants.models import Tenant
from verbund.kernel.errors import Invalid

_LONGEST_REASON: Final = 500


def reason_of(tenant: Tenant, *, confirmation: str, reason: str) -> str:
    """The reason as it is kept, once the short name was typed.

    Raises:
        Invalid: the confirmation is another name, or no reason was given.
    """
    if confirmation.strip() != tenant.slug:
        message = _("Das ist nicht das Kürzel. Bitte tippen Sie „%(slug)s“ ab.") % {"slug": tenant.slug}
        raise Invalid(message, fields={"confirmation": message})
    kept = reason.strip()[:_LONGEST_REASON]
    if not kept:
        message = _("Bitte nennen Sie den Grund. Er steht im Protokoll.")
        raise Invalid(message, fields={"reason": message})
    return kept
