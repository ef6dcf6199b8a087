# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about keys in the proof of isolation; the key made for it is taken back with the rehearsal."""

from __future__ import annotations

from datetime import date

from billing.costs.models import KeyVersion
from verbund.kernel import clock
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _KEYS, _CODE = "finance", "/finanzen/schluessel/", "nachweis"


def _key() -> None:
    """A key that shares nothing; it begins after every month there is, so that it stands in the way of none."""
    KeyVersion.objects.get_or_create(
        key=_CODE,
        version=1,
        defaults={
            "name": "Nachweis",
            "valid_from": date(2999, 1, 1),
            "source": "Nachweis",
            "definition": {"parts": [{"basis": {"kind": "equal"}}]},
            "entered_at": clock.now(),
        },
    )


def _version(_stage: Stage) -> Ask:
    _key()
    return Ask(path=f"{_KEYS}{_CODE}/1/", role=_ROLE)


KEYS: dict[str, Probe] = {
    "GET billing-association:keys": lambda _stage: Ask(path=_KEYS, role=_ROLE),
    "GET billing-association:key-version": Rehearsed(_version),
}
