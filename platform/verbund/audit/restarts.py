# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chain that was put back to an earlier day, and why: a row of the association's own record says so.

That row is sealed and anchored like every other, so nobody excuses a chain that was cut off by adding one unseen. What
stood where the chain that was left and the one that was brought back are the same must still be there; of what was anchored
behind it, only what was anchored afterwards counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from verbund.audit import api
from verbund.audit.models import AuditEntry, AuditSeal
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.clock import BERLIN

_ACTION: Final = "audit.chain.restarted"
INTACT: Final = "intact"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a chain ended; position 0 is an empty one. ``state``: INTACT, UNKNOWN, or how it was broken."""

    position: int = 0
    hash: str = ""
    state: str = INTACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """A chain that reached to ``left`` goes on behind ``position`` since then; up to ``shared`` the two are one."""

    at: datetime
    position: int
    hash: str
    left: End
    archive_of: str
    reason: str
    shared: int

    def told(self) -> str:
        """For people."""
        words = (
            f"am {self.at.astimezone(BERLIN):%d.%m.%Y um %H:%M} Uhr auf einen früheren Stand gebracht"
            f" (Stelle {self.left.position} auf {self.position}, Archiv vom {self.archive_of}). Grund: {self.reason}"
        )
        if self.left.state == UNKNOWN:
            return f"{words} Ob das Protokoll davor vollständig war, ließ sich nicht prüfen."
        if self.left.state != INTACT:
            return f"{words} Das Protokoll davor war gebrochen: {self.left.state}"
        return words


def end_of_chain() -> End:
    """The end of the entered scope's chain."""
    last = AuditSeal.objects.order_by("-position").first()
    return End(position=last.position, hash=last.hash) if last else End()


def record(
    *, scope: str, end: End, left: End, shared: int, archive_of: str, by: Actor, at: datetime, reason: str
) -> None:
    """Write down that a scope's chain goes on behind ``end``; in the transaction of the restoration."""
    with context.enter_association():
        api.record(
            action=_ACTION,
            subject=f"audit.chain:{scope}",
            by=by,
            at=at,
            changes={
                "position": end.position,
                "hash": end.hash,
                "left": asdict(left),
                "shared": shared,
                "archive_of": archive_of,
            },
            reason=reason,
        )


def of_scope(scope: str) -> list[Restart]:
    """All restarts of a chain, oldest first."""
    with context.enter_association():
        rows = list(AuditEntry.objects.filter(action=_ACTION, subject=f"audit.chain:{scope}").order_by("id"))
    return [
        Restart(
            at=row.at,
            position=int(row.changes["position"]),
            hash=str(row.changes["hash"]),
            left=End(**row.changes["left"]),
            archive_of=str(row.changes["archive_of"]),
            reason=row.reason,
            shared=int(row.changes.get("shared", row.changes["position"])),
        )
        for row in rows
    ]


def is_left_behind(position: int, taken_at: datetime, restarts: Sequence[Restart]) -> bool:
    """Whether what stood there then belongs to days that were put back."""
    return any(taken_at < restart.at and position > restart.shared for restart in restarts)
