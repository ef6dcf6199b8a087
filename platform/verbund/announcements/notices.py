# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Announcements at the top of the pages of staff."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.models import Person
from verbund.announcements import queries
from verbund.announcements.models import Announcement
from verbund.announcements.reading.services import dismissed
from verbund.kernel import clock
from verbund.kernel.ports import Notice
from verbund.web.markup import render
from verbund.web.texts import moment_text


def running(request: HttpRequest) -> Iterator[Notice]:
    """What runs now; news only until the reader has put it away."""
    user: object = request.user
    shown = queries.shown(clock.now())
    news = [announcement.pk for announcement in shown if not announcement.is_maintenance]
    away = dismissed(user, news) if news and isinstance(user, Person) else set()
    for announcement in shown:
        if announcement.pk not in away:
            yield _notice(announcement, is_person=isinstance(user, Person))


def _notice(announcement: Announcement, *, is_person: bool) -> Notice:
    if announcement.is_maintenance:
        title = _("Wartung bis %(until)s: %(title)s") % {
            "until": moment_text(announcement.ends_at),
            "title": announcement.title,
        }
        return Notice(kind="warning", title=title, text=render(announcement.body), order=30)
    address = reverse("announcements-staff:dismiss", kwargs={"announcement_id": announcement.pk})
    return Notice(
        kind="info",
        title=announcement.title,
        text=render(announcement.body),
        button=(_("Gelesen"), address) if is_person else None,
        order=40,
    )
