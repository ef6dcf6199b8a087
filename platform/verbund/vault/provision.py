# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality gets in Vault when it joins; what becomes of it when it leaves stands in `vault.leaving`.

Runs with the provisioner's identity.
"""

from __future__ import annotations

from verbund.kernel import context
from verbund.kernel.ports import StepContext
from verbund.vault import api
from verbund.vault.models import DataKey, Kind
from verbund.vault.process import holdings

_PROBE = "vault.provision.probe"


def access_is_done(step: StepContext) -> bool:
    """Whether transit key, policy and token role are there as we would make them now."""
    key, held = step.municipality.key, holdings()
    return held.own.has_key(key) and held.rules.is_granted(key)


def make_access(step: StepContext) -> None:
    """Make transit key, policy and token role; what is there already is left or brought up to date."""
    key, held = step.municipality.key, holdings()
    held.rules.grant(key)
    held.own.create_key(key)


def undo_access(step: StepContext) -> None:
    """Withdraw policy and token role; destroy the transit key only if nobody can have data under it.

    Once a municipality has served citizens its key is destroyed by `vault.leaving` alone.
    """
    key, held = step.municipality.key, holdings()
    held.rules.withdraw(key)
    if not step.has_been_active:
        held.own.destroy_key(key)


def data_keys_are_done(step: StepContext) -> bool:
    """Whether both data keys are there."""
    with context.enter(step.municipality):
        current = DataKey.objects.filter(retired_at=None).values_list("kind", flat=True)
        return set(current) == set(Kind.values)


def make_data_keys(step: StepContext) -> None:
    """Make the data keys, and prove with the municipality's own token that they seal and open.

    Without this they would be made by the first citizen's request, which then holds up others until it ends.
    """
    with context.enter(step.municipality):
        api.unseal(api.seal(step.municipality.key, purpose=_PROBE), purpose=_PROBE)
        api.blind_index(step.municipality.key, purpose=_PROBE)


def undo_data_keys(step: StepContext) -> None:
    """Leave them: they are wrapped, and go with the schema or with the transit key."""


def delete_below(path: str) -> None:
    """Remove every secret below a path."""
    store = holdings().own
    for name in store.names(path):
        below = f"{path}/{name.rstrip('/')}"
        if name.endswith("/"):
            delete_below(below)
        else:
            store.delete(below)
