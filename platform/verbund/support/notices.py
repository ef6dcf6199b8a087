# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells everybody on every page of the office who of the association is in, and the administration who asks."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.guests import Guest
from verbund.kernel import clock
from verbund.kernel.ports import Notice
from verbund.support import queries
from verbund.support.models import Grant
from verbund.support.permissions import SupportPermission
from verbund.web.texts import clock_text


def present(request: HttpRequest) -> Iterator[Notice]:
    """One notice for each access that is open, and for each that waits for the reader's decision."""
    now = clock.now()
    user: object = request.user
    controls = bool(request.user.may(SupportPermission.CONTROL))  # type: ignore[union-attr]  # asked for signed-in people only
    for grant in queries.unfinished(now):
        if grant.is_open(now):
            yield _open(grant, controls=controls, own=_own(user, grant))
        elif controls:
            yield Notice(
                kind="warning",
                title=_("%(name)s vom Verband bittet um Fernzugriff") % {"name": grant.operator_name},
                text=_("Grund: %(reason)s") % {"reason": grant.reason},
                link=(_("Ansehen und entscheiden"), reverse("support-staff:overview")),
                order=10,
            )


def _open(grant: Grant, *, controls: bool, own: str) -> Notice:
    words = {
        "name": grant.operator_name,
        "until": clock_text(grant.ends_at) if grant.ends_at else "",
        "reason": grant.reason,
    }
    title = _("Fernzugriff: %(name)s vom Verband liest hier mit, bis %(until)s")
    if grant.may_change:
        title = _("Fernzugriff: %(name)s vom Verband arbeitet hier mit, bis %(until)s")
    return Notice(
        kind="warning",
        title=title % words,
        text=_("Grund: %(reason)s") % words,
        link=(_("Ansehen oder beenden"), reverse("support-staff:overview")) if controls else None,
        button=(_("Fernzugriff beenden"), own) if own else None,
        order=5,
    )


def _own(user: object, grant: Grant) -> str:
    return user.leave_url if isinstance(user, Guest) and user.actor.id == str(grant.pk) else ""
