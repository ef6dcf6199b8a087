# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the announcements."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.announcements.test_announcements import GIVEN
from tests.conformance.samples import Stage
from tests.factories.announcements import make_announcement
from verbund.announcements import services
from verbund.kernel import clock


def write(stage: Stage) -> Any:
    return stage.client().post("/ankuendigungen/neu/", {**GIVEN, "aktion": "veroeffentlichen"})


def withdraw(stage: Stage) -> Any:
    return stage.client().post(f"/ankuendigungen/{make_announcement().pk}/zurueckziehen/")


ROUTES = {
    "association announcements-association:withdraw": withdraw,
    "association announcements-association:write": write,
}
SERVICES = {
    "verbund.announcements.services.publish": lambda _stage: make_announcement,
    "verbund.announcements.services.withdraw": lambda stage: partial(
        services.withdraw, announcement_id=make_announcement().pk, by=stage.by, at=clock.now()
    ),
}
WITHOUT_ROW = {
    "municipality announcements-staff:dismiss": "merkt nur, was eine Person nicht noch einmal sehen will; eigener Test in tests/announcements"
}
