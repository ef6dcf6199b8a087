# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the municipality's places."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.places import given, make_place
from verbund.kernel import clock
from verbund.places import placing


def retired(stage: Stage) -> Any:
    return placing.retire_place(place_id=make_place().pk, by=stage.by, at=clock.now())


SERVICES = {
    "verbund.places.placing.change_place": lambda stage: partial(
        placing.change_place,
        place_id=make_place().pk,
        given=given(name="Bank am Weiher"),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.places.placing.create_place": lambda stage: partial(
        placing.create_place, given=given(), by=stage.by, at=clock.now()
    ),
    "verbund.places.placing.retire_place": lambda stage: partial(
        placing.retire_place, place_id=make_place().pk, by=stage.by, at=clock.now()
    ),
    "verbund.places.placing.revive_place": lambda stage: partial(
        placing.revive_place, place_id=retired(stage).pk, by=stage.by, at=clock.now()
    ),
}
