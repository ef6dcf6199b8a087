# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the association announces; it must be entered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from verbund.announcements import services
from verbund.announcements.models import Announcement, Kind
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM


def make_announcement(**fields: Any) -> Announcement:
    now = clock.now()
    values: dict[str, Any] = {
        "kind": Kind.NEWS,
        "title": "Neue Karte",
        "body": "Die Karte zeigt jetzt **Ortsteile**.",
        "starts_at": now - timedelta(minutes=5),
        "ends_at": now + timedelta(days=7),
        "tenants": [],
        "by": SYSTEM,
        "at": now,
        **fields,
    }
    return services.publish(**values)
