# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells a municipality's administration that a newer version waits for its agreement."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.agreements.permissions import AgreementsPermission
from verbund.agreements.queries import Standing, own_position
from verbund.kernel import clock
from verbund.kernel.ports import Notice
from verbund.web.kept import Kept
from verbund.web.texts import day_text

# On every page of an administrator: asked of the association once in a while, not each time.
_kept: Kept[tuple[str, str, str] | None] = Kept(seconds=60)


def pending(request: HttpRequest) -> Iterator[Notice]:
    """One notice while something is open, for those who may agree."""
    if not request.user.may(AgreementsPermission.AGREE):  # type: ignore[union-attr]  # asked for signed-in people only
        return
    notice = _kept.get(_notice)
    if notice is not None:
        standing, number, due = notice
        yield Notice(
            kind="danger" if standing == Standing.OVERDUE else "warning",
            title=_("Neue Fassung der Vereinbarung zur Auftragsverarbeitung"),
            text=(
                _("Die Frist für Fassung %(number)s ist am %(due)s abgelaufen.")
                if standing == Standing.OVERDUE
                else _("Bitte lesen Sie Fassung %(number)s und stimmen Sie bis zum %(due)s zu.")
            )
            % {"number": number, "due": due},
            link=(_("Lesen und zustimmen"), reverse("agreements-staff:own")),
            order=20,
        )


def forget() -> None:
    """The entered municipality has just agreed."""
    _kept.forget()


def _notice() -> tuple[str, str, str] | None:
    position = own_position(today=clock.today())
    if not position.is_open or position.newest is None or position.signed is None:
        return None
    return position.standing, position.newest.number, day_text(position.newest.due_on)
