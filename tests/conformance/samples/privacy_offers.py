# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service about offers to the archive."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report
from tests.factories.privacy_periods import close_long_ago
from verbund.kernel import clock
from verbund.privacy.offers import deciding, duties, exporting, offering
from verbund.privacy.offers.models import Offer

_AT = "/verwaltung/datenschutz/archiv"
_KIND = "defects.report"
_DUTY = {"is_offered": "on", "months": "6", "reason": "Beschluss"}


def _offer(stage: Stage) -> Offer:
    close_long_ago(make_report())
    return offering.offer_now(slug=_KIND, by=stage.by, at=clock.now())


def _taken(stage: Stage) -> int:
    offer = _offer(stage)
    keys = list(offer.records.values_list("key", flat=True))
    deciding.note_answer(number=offer.number, taken=keys, by=stage.by, at=clock.now())
    return offer.number


def _exported(stage: Stage) -> Any:
    number = _offer(stage).number
    return lambda: exporting.export(number=number, by=stage.by, at=clock.now()).close()


def _made(stage: Stage) -> Any:
    close_long_ago(make_report())
    return stage.client().post(f"{_AT}/art/{_KIND}/anbieten/")


def _due(service: Any) -> Any:
    def prepared(stage: Stage) -> Any:
        close_long_ago(make_report())
        return partial(service, by=stage.by, at=clock.now())

    return prepared


ROUTES = {
    "municipality privacy-staff:offer": lambda stage: stage.client().post(f"{_AT}/{_offer(stage).number}/"),
    "municipality privacy-staff:offer-make": _made,
    "municipality privacy-staff:offer-handover": lambda stage: stage.client().post(
        f"{_AT}/{_taken(stage)}/uebergeben/"
    ),
    "municipality privacy-staff:offer-duty": lambda stage: stage.client().post(f"{_AT}/art/{_KIND}/", _DUTY),
}
SERVICES = {
    "verbund.privacy.offers.deciding.note_answer": lambda stage: partial(
        deciding.note_answer, number=_offer(stage).number, taken=(), by=stage.by, at=clock.now()
    ),
    "verbund.privacy.offers.deciding.note_handover": lambda stage: partial(
        deciding.note_handover, number=_taken(stage), by=stage.by, at=clock.now()
    ),
    "verbund.privacy.offers.duties.change_duty": lambda stage: partial(
        duties.change_duty,
        slug=_KIND,
        is_offered=False,
        months=6,
        reason="Verzicht",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.privacy.offers.exporting.export": _exported,
    "verbund.privacy.offers.offering.offer_due": _due(offering.offer_due),
    "verbund.privacy.offers.offering.offer_now": _due(partial(offering.offer_now, slug=_KIND)),
}
