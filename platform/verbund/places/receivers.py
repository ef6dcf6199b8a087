# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows for the map when something else happens."""

from __future__ import annotations

from tenants.events import BodiesChanged
from verbund.kernel.actors import SYSTEM
from verbund.places import services


def follow_bodies(event: BodiesChanged) -> None:
    services.follow_bodies(by=SYSTEM, at=event.at)
