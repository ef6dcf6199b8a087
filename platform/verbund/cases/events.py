# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cases package tells the modules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verbund.kernel.actors import Actor
from verbund.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Event):
    """Somebody else looks after a case now; None: nobody. Modules write it into their timeline."""

    kind: str
    case_id: int
    person_id: int | None
    person_name: str
    by: Actor
    at: datetime
