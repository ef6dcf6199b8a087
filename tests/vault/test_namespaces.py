# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A namespace for each municipality: made when it joins, worked in with the same calls, gone with all that is in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.vault.bao import Bao
from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import StepContext
from verbund.vault import leaving, process
from verbund.vault.errors import AccessDenied, SecretMissing, VaultRefused
from verbund.vault.process import Holdings
from verbund.vault.provision import access_is_done, make_access, undo_access


@pytest.fixture
def held(namespaced_bao: Bao) -> Iterator[Holdings]:
    yield process.use(namespaced_bao.holdings("provisioner"))
    process.forget()


@pytest.fixture
def step(key: str) -> StepContext:
    member = Municipality(number=int(key.removeprefix("m_")), slug="x", name="X", kind="stadt")
    return StepContext(municipality=member, at=clock.now(), has_been_active=False)


def namespaces(bao: Bao) -> set[str]:
    return set(bao.call("LIST", "sys/namespaces").json().get("data", {}).get("keys", []))


def test_joining_makes_a_namespace_and_may_be_repeated(
    namespaced_bao: Bao, held: Holdings, step: StepContext, key: str
) -> None:
    assert not access_is_done(step)
    make_access(step)
    make_access(step)

    assert access_is_done(step)
    assert f"{key}/" in namespaces(namespaced_bao)
    fresh = held.store_of(key).new_data_key(key)
    assert held.store_of(key).unwrap(key, fresh.wrapped) == fresh.secret
    # Nothing of it lies outside of its namespace.
    outside = namespaced_bao.call("LIST", "transit/keys").json()["data"]["keys"]
    assert outside == ["association"]


def test_keys_are_renewed_inside(held: Holdings, step: StepContext, key: str) -> None:
    make_access(step)
    fresh = held.store_of(key).new_data_key(key)
    held.own.rotate_key(key)
    anew = held.store_of(key).rewrap(key, fresh.wrapped)
    held.own.refuse_older(key, held.own.key_versions(key).newest)

    assert held.store_of(key).unwrap(key, anew) == fresh.secret
    with pytest.raises(VaultRefused):
        held.store_of(key).unwrap(key, fresh.wrapped)


def test_leaving_removes_the_namespace(
    namespaced_bao: Bao, held: Holdings, step: StepContext, key: str, neighbour: str
) -> None:
    make_access(step)
    namespaced_bao.admit(neighbour)
    held.own.write(f"tenants/{key}/smtp", {"password": "x"})
    store = held.store_of(key)
    fresh = store.new_data_key(key)

    for do in (leaving.withdraw_access, leaving.delete_secrets, leaving.destroy_key):
        do(step)

    assert not access_is_done(step)
    assert not any(leaving.leftovers(key).values())
    assert f"{neighbour}/" in namespaces(namespaced_bao)
    with pytest.raises((AccessDenied, SecretMissing)):
        store.unwrap(key, fresh.wrapped)
    assert namespaced_bao.municipal_store(neighbour).names(f"tenants/{neighbour}") == ("smtp",)


def test_an_onboarding_that_is_taken_back_leaves_no_key(held: Holdings, step: StepContext, key: str) -> None:
    make_access(step)
    undo_access(step)

    assert not held.own.has_key(key)
    assert not access_is_done(step)
