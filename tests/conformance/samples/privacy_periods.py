# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service about periods and holds."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report
from tests.factories.privacy_periods import close_long_ago, hold
from verbund.kernel import clock
from verbund.privacy.offers.duties import change_duty
from verbund.privacy.periods import changing, deleting, holding
from verbund.privacy.periods.models import Why

_AT = "/verwaltung/datenschutz"
_KIND = "defects.report"


def _until() -> Any:
    return clock.today() + timedelta(days=30)


def _delete(stage: Stage) -> Any:
    change_duty(slug=_KIND, is_offered=False, months=6, reason="Verzicht", by=stage.by, at=clock.now())
    close_long_ago(make_report())
    return partial(deleting.delete_due, by=stage.by, at=clock.now())


def _release(stage: Stage) -> Any:
    reference = hold(make_report(), by=stage.by)
    return partial(holding.release_case, reference=reference, by=stage.by, at=clock.now())


ROUTES = {
    "municipality privacy-staff:period": lambda stage: stage.client().post(
        f"{_AT}/fristen/defects.report/", {"months": "36", "reason": "Beschluss"}
    ),
    "municipality privacy-staff:hold": lambda stage: stage.client().post(
        f"{_AT}/vorgaenge/{make_report().reference}/anhalten/",
        {"why": "DISPUTE", "until_on": _until().isoformat()},
    ),
    "municipality privacy-staff:hold-release": lambda stage: stage.client().post(
        f"{_AT}/vorgaenge/{hold(make_report(), by=stage.by)}/nicht-anhalten/"
    ),
}

SERVICES = {
    "verbund.privacy.periods.changing.change_period": lambda stage: partial(
        changing.change_period,
        slug="defects.report",
        months=36,
        reason="Beschluss",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.privacy.periods.deleting.delete_due": _delete,
    "verbund.privacy.periods.holding.hold_case": lambda stage: partial(
        holding.hold_case,
        reference=make_report().reference,
        why=Why.REVIEW,
        until_on=_until(),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.privacy.periods.holding.release_case": _release,
}
