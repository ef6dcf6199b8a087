# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the entered municipality's staff is told now."""

from __future__ import annotations

from datetime import datetime

from verbund.announcements.models import Announcement
from verbund.kernel import context
from verbund.web.kept import Kept

# Every page asks; a withdrawn announcement may stand for half a minute longer.
_kept: Kept[list[Announcement]] = Kept(seconds=30)


def shown(at: datetime) -> list[Announcement]:
    """Those for the entered municipality that run at this moment; a look into the association's data by number."""
    found = _kept.get(lambda: _announced(at))
    return [announcement for announcement in found if announcement.is_shown(at)]


def past_and_present(at: datetime) -> list[Announcement]:
    """Those the entered municipality was told, the latest first; nothing that lies ahead or was withdrawn."""
    number = context.current_municipality().number
    with context.enter_association():
        rows = Announcement.objects.filter(withdrawn_at=None, starts_at__lte=at)[:200]
        return [announcement for announcement in rows if announcement.is_for(number)][:50]


def _announced(at: datetime) -> list[Announcement]:
    number = context.current_municipality().number
    with context.enter_association():
        rows = Announcement.objects.filter(withdrawn_at=None, ends_at__gt=at)
        return [announcement for announcement in rows if announcement.is_for(number)]
