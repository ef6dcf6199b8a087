# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the registry tells packages above it, in the municipality's context and transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verbund.kernel.events import Event


@dataclass(frozen=True)
class BodiesChanged(Event):
    """The municipality serves other bodies than before; which, its context says."""

    at: datetime
