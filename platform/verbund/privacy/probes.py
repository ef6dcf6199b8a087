# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The record of processing as its rightful owners use it."""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe
from verbund.privacy.persons.probes import PROBES as PERSONS

_THERE, _CHIEF = "/verwaltung/datenschutz/", "administrator"

PROBES: dict[str, Probe] = {
    **PERSONS,
    "GET privacy-staff:record": lambda _stage: Ask(path=_THERE, role=_CHIEF, is_common=True),
    "GET privacy-staff:record-pdf": lambda _stage: Ask(
        path=f"{_THERE}verzeichnis.pdf", role=_CHIEF, is_common=True
    ),
}
