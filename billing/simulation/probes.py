# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages about keys in the proof of isolation; the key made for it is taken back with the rehearsal."""

from __future__ import annotations

from datetime import date

from billing.costs.models import KeyVersion
from tenants.models import Tenant
from verbund.kernel import clock
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage

_ROLE, _KEYS, _CODE = "finance", "/finanzen/schluessel/", "nachweis"
_BUDGET = "/finanzen/haushalt/"
_TRIAL = f"{_KEYS}{_CODE}/was-waere/"


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


def _trial(_stage: Stage) -> Ask:
    _key()
    return Ask(path=_TRIAL, role=_ROLE)


def _adopt(_stage: Stage) -> Ask:
    _key()
    data = {"gewicht1": "1", "teil1": "equal", "valid_from": "01.02.2999", "name": "Probe", "source": "Probe"}
    return Ask(path=_TRIAL, role=_ROLE, data=data)


def _trial_list(_stage: Stage) -> Ask:
    _key()
    return Ask(path=f"{_TRIAL}liste/", role=_ROLE)


def _budget(verb: str = "") -> Probe:
    return lambda _stage: Ask(path=f"{_BUDGET}{clock.today().year + 1}/{verb}", role=_ROLE)


def _budget_member(_stage: Stage) -> Ask:
    slug = Tenant.objects.filter(state="ACTIVE").order_by("-number")[0].slug
    return Ask(path=f"{_BUDGET}{clock.today().year + 1}/kommunen/{slug}/", role=_ROLE)


KEYS: dict[str, Probe] = {
    "GET billing-association:keys": lambda _stage: Ask(path=_KEYS, role=_ROLE),
    "GET billing-association:key-version": Rehearsed(_version),
    "GET billing-association:key-trial": Rehearsed(_trial),
    "POST billing-association:key-trial": Rehearsed(_adopt),
    "GET billing-association:key-trial-list": Rehearsed(_trial_list),
    "GET billing-association:budget-next": lambda _stage: Ask(path=_BUDGET, role=_ROLE),
    "GET billing-association:budget": _budget(),
    "GET billing-association:budget-list": _budget("liste/"),
    "GET billing-association:budget-member": _budget_member,
}
