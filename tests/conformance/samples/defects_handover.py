# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service by which a report goes to another municipality, or comes from one."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report, new_report
from tests.factories.exchange import handed_over_report
from verbund.exchange.api import partners
from verbund.kernel import clock
from verbund.modules.defects import handing_over, reporting
from verbund.modules.defects.models import Report

_AT = "/verwaltung/maengel"
_MODULE = "verbund.modules.defects"


def _given(stage: Stage) -> Report:
    report = make_report()
    handing_over.hand_over(
        reference=report.reference, partner=partners()[0].number, by=stage.by, at=clock.now()
    )
    return report


def _give(stage: Stage) -> Any:
    values = {"partner": str(partners()[0].number), "aktion": "abgeben"}
    return stage.client().post(f"{_AT}/{make_report().reference}/abgeben/", values)


ROUTES = {
    "municipality defects-staff:hand-over": _give,
    "municipality defects-staff:keep": lambda stage: stage.client().post(
        f"{_AT}/{_given(stage).reference}/behalten/"
    ),
    "municipality defects-staff:hand-back": lambda stage: stage.client().post(
        f"{_AT}/{handed_over_report().reference}/zurueckgeben/", {"reason": "Landesstraße"}
    ),
}
SERVICES = {
    f"{_MODULE}.handing_over.hand_over": lambda stage: partial(
        handing_over.hand_over,
        reference=make_report().reference,
        partner=partners()[0].number,
        by=stage.by,
        at=clock.now(),
    ),
    f"{_MODULE}.handing_over.take_back": lambda stage: partial(
        handing_over.take_back, reference=_given(stage).reference, by=stage.by, at=clock.now()
    ),
    f"{_MODULE}.handing_over.hand_back": lambda stage: partial(
        handing_over.hand_back,
        reference=handed_over_report().reference,
        reason="Landesstraße",
        by=stage.by,
        at=clock.now(),
    ),
    f"{_MODULE}.reporting.take_in_report": lambda stage: partial(
        reporting.take_in_report, new=new_report(), is_confirmed=False, by=stage.by, at=clock.now()
    ),
}
