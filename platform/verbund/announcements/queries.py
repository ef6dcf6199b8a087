# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the entered municipality's staff is told now."""

from __future__ import annotations

from datetime import datetime

from django.core import serializers
from django.core.cache import cache

from verbund.announcements.models import Announcement
from verbund.kernel import context

# Every page asks; a withdrawn announcement may stand for half a minute longer.
_KEY, _SECONDS = "announcements.shown", 30


def shown(at: datetime) -> list[Announcement]:
    """Those for the entered municipality that run at this moment; a look into the association's data by number."""
    kept = cache.get(_KEY)
    if kept is None:
        kept = serializers.serialize("json", _announced(at))
        cache.set(_KEY, kept, _SECONDS)
    found = (item.object for item in serializers.deserialize("json", kept))
    return [known for known in found if isinstance(known, Announcement) and known.is_shown(at)]


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
