# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of processing as its rightful owners use it."""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe, Run
from verbund.privacy.offers.probes import PROBES as OFFERS
from verbund.privacy.periods.probes import COMMANDS as PERIODS_COMMANDS
from verbund.privacy.periods.probes import PROBES as PERIODS
from verbund.privacy.persons.probes import COMMANDS as PERSONS_COMMANDS
from verbund.privacy.persons.probes import PROBES as PERSONS

_THERE, _CHIEF = "/verwaltung/datenschutz/", "administrator"

_PANNE = f"{_THERE}panne/"
_TIME = {"since": "01.01.2026 08:00", "until": "02.01.2026 08:00", "noticed_at": "02.01.2026 09:00"}

PROBES: dict[str, Probe] = {
    "GET privacy-staff:incident": lambda _stage: Ask(path=_PANNE, role=_CHIEF, is_common=True),
    "POST privacy-staff:incident": lambda stage: Ask(
        path=_PANNE, role=_CHIEF, is_common=True, data={**_TIME, "description": stage.canary}
    ),
    **PERSONS,
    **PERIODS,
    **OFFERS,
    "GET privacy-staff:record": lambda _stage: Ask(path=_THERE, role=_CHIEF, is_common=True),
    "GET privacy-staff:record-pdf": lambda _stage: Ask(
        path=f"{_THERE}verzeichnis.pdf", role=_CHIEF, is_common=True
    ),
}

COMMANDS: dict[str, Run | str] = {**PERSONS_COMMANDS, **PERIODS_COMMANDS}
