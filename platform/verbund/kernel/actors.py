# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who acts: a value that services take instead of a request or a user object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that changes or reads data, as the audit names it.

    ``id`` is the person's or token's key in the schema at work, empty for citizens and the system.
    ``name`` is shown beside public and internal entries and is stored in no audit row. ``support``: somebody of
    the association, let in for a while; ``id`` is the grant's and ``acting_for`` says who.
    """

    kind: Literal["person", "token", "citizen", "system", "support"]
    id: str = ""
    role: str = ""
    name: str = ""
    acting_for: str = ""
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        """Whether the actor holds that permission; the system holds all."""
        return self.kind == "system" or permission in self.permissions


SYSTEM = Actor(kind="system", role="system", name="System")
CITIZEN = Actor(kind="citizen", role="citizen")
