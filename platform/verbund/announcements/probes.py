# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the association announces, as it writes it and as members' staff read it."""

from __future__ import annotations

from datetime import timedelta

from verbund.announcements import services
from verbund.announcements.models import Announcement, Kind
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Stage

_OPERATOR, _CLERK = "operator", "clerk"


def _announcement(_stage: Stage) -> Announcement:
    """To all members, without anybody's mark: everybody reads it."""
    now = clock.now()
    with context.enter_association():
        return services.publish(
            kind=Kind.NEWS,
            title="Neue Karte",
            body="Die Karte zeigt jetzt Ortsteile.",
            starts_at=now - timedelta(minutes=5),
            ends_at=now + timedelta(minutes=30),
            tenants=[],
            by=SYSTEM,
            at=now,
        )


def _dismiss(stage: Stage) -> Ask:
    path = f"/verwaltung/ankuendigungen/{_announcement(stage).pk}/gelesen/"
    return Ask(path=path, role=_CLERK, is_common=True, writes=False)


def _preview(_stage: Stage) -> Ask:
    """The form's preview, which is everything but the publishing itself: real members would read it."""
    data = {
        "kind": "NEWS",
        "title": "Neue Karte",
        "body": "Die Karte zeigt jetzt Ortsteile.",
        "starts_on": "01.11.2026",
        "starts_at": "08:00",
        "ends_on": "31.12.2099",
        "ends_at": "18:00",
        "aktion": "vorschau",
    }
    return Ask(path="/ankuendigungen/neu/", role=_OPERATOR, data=data, writes=False)


def _withdraw(stage: Stage) -> Ask:
    return Ask(path=f"/ankuendigungen/{_announcement(stage).pk}/zurueckziehen/", role=_OPERATOR)


PROBES: dict[str, Probe] = {
    "GET announcements-staff:listing": lambda _stage: Ask(path="/verwaltung/ankuendigungen/", role=_CLERK),
    "POST announcements-staff:dismiss": _dismiss,
    "GET announcements-association:listing": lambda _stage: Ask(path="/ankuendigungen/", role=_OPERATOR),
    "GET announcements-association:write": lambda _stage: Ask(path="/ankuendigungen/neu/", role=_OPERATOR),
    "POST announcements-association:write": _preview,
    "POST announcements-association:withdraw": _withdraw,
}
