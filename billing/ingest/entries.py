# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of other systems that report usage."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import PrivacyEntry

_REJECTED = PrivacyEntry(
    model="billing_ingest.Rejection",
    purpose=_("Abgelehnte Meldungen anderer Systeme klären"),
    personal=False,
    retention=_("180 Tage nach dem Tag der Meldung"),
    kept_by="billing.forget_rejections",
)
PRIVACY = (
    _REJECTED,
    *tuple(
        PrivacyEntry(
            model=f"billing_ingest.{model}",
            purpose=_("Nutzung anderer Systeme des Verbands annehmen"),
            personal=False,
        )
        for model in ("Producer", "ProducerKey", "EventTally")
    ),
)
