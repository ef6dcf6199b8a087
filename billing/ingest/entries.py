# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the record of processing says of other systems that report usage."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import PrivacyEntry

PRIVACY = tuple(
    PrivacyEntry(
        model=f"billing_ingest.{model}",
        purpose=_("Nutzung anderer Systeme des Verbands annehmen"),
        personal=False,
    )
    for model in ("Producer", "ProducerKey", "EventTally")
)
