# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembering what a person does not want to see again."""

from __future__ import annotations

from django.db import transaction

from verbund.accounts.models import Person
from verbund.announcements.models import Announcement
from verbund.announcements.reading.models import Dismissal
from verbund.kernel import context
from verbund.kernel.errors import Conflict, NotFound
from verbund.kernel.msgids import gettext_noop as _


class NotDismissable(Conflict):
    """Maintenance stays visible while it runs."""

    code = "announcements_not_dismissable"
    message = _("Hinweise auf Wartungen bleiben stehen, bis sie vorbei sind.")


def dismiss(announcement_id: int, *, person: Person) -> None:
    """Show it to this person no more; repeating changes nothing.

    Raises:
        NotFound: the entered municipality was told no such thing.
        NotDismissable: it is about maintenance.
    """
    number = context.current_municipality().number
    with context.enter_association():
        found = Announcement.objects.filter(pk=announcement_id, withdrawn_at=None).first()
    if found is None or not found.is_for(number):
        raise NotFound
    if found.is_maintenance:
        raise NotDismissable
    with transaction.atomic():
        Dismissal.objects.get_or_create(person=person, announcement=found.pk)


def dismissed(person: Person, announcements: list[int]) -> set[int]:
    """Which of these the person does not want to see."""
    rows = Dismissal.objects.filter(person=person, announcement__in=announcements)
    return set(rows.values_list("announcement", flat=True))
