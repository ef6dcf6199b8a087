# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing service of billing."""

from __future__ import annotations

from functools import partial

from billing.population import read_population
from tests.factories.billing import AS_OF, population_file
from verbund.kernel import clock

SERVICES = {
    "billing.population.read_population": lambda stage: partial(
        read_population,
        content=population_file(),
        reference_date=AS_OF,
        census="Zensus 2022",
        source="A I 4",
        by=stage.by,
        at=clock.now(),
    ),
}
