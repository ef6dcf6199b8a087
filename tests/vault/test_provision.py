# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality gets in Vault and what is taken away again, as the provisioner."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from tests.vault.bao import Bao
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality, Scope
from verbund.kernel.ports import StepContext
from verbund.vault import api, leaving, process, provision
from verbund.vault.errors import AccessDenied, KeyDestroyed, SecretMissing
from verbund.vault.models import DataKey


@pytest.fixture
def provisioner(bao: Bao) -> Iterator[Bao]:
    process.use(bao.holdings("provisioner"))
    yield bao
    api.forget()


@pytest.fixture
def joining(key: str) -> Municipality:
    return Municipality(number=int(key.removeprefix("m_")), slug="x", name="X", kind="stadt")


def step(municipality: Municipality, *, has_been_active: bool = False) -> StepContext:
    return StepContext(municipality=municipality, at=clock.now(), has_been_active=has_been_active)


def test_access_is_made_once_and_again_without_harm(provisioner: Bao, joining: Municipality) -> None:
    assert not provision.access_is_done(step(joining))
    provision.make_access(step(joining))
    wrapped = provisioner.municipal_store(joining.key).new_data_key(joining.key)
    provision.make_access(step(joining))

    assert provision.access_is_done(step(joining))
    store = provisioner.municipal_store(joining.key)
    assert store.unwrap(joining.key, wrapped.wrapped) == wrapped.secret


def test_the_key_cannot_be_exported_or_deleted_by_accident(provisioner: Bao, joining: Municipality) -> None:
    provision.make_access(step(joining))
    key = provisioner.call("GET", f"transit/keys/{joining.key}").json()["data"]

    assert (key["type"], key["exportable"], key["deletion_allowed"], key["allow_plaintext_backup"]) == (
        "aes256-gcm96",
        False,
        False,
        False,
    )


def test_a_changed_policy_is_brought_up_to_date(provisioner: Bao, joining: Municipality) -> None:
    provision.make_access(step(joining))
    wide = {"policy": 'path "kv/*" { capabilities = ["read"] }'}
    provisioner.call("PUT", f"sys/policies/acl/{joining.key}", wide).raise_for_status()
    assert not provision.access_is_done(step(joining))
    provision.make_access(step(joining))

    assert provision.access_is_done(step(joining))


def test_a_changed_role_is_brought_up_to_date(provisioner: Bao, joining: Municipality) -> None:
    provision.make_access(step(joining))
    provisioner.call("POST", f"auth/token/roles/{joining.key}", {"allowed_policies": "x"}).raise_for_status()
    assert not provision.access_is_done(step(joining))
    provision.make_access(step(joining))

    assert provision.access_is_done(step(joining))


def test_undo_before_activation_leaves_nothing(provisioner: Bao, joining: Municipality) -> None:
    provision.make_access(step(joining))
    provision.undo_access(step(joining))
    provision.undo_access(step(joining))

    assert not provisioner.store("provisioner").has_key(joining.key)
    for path in (f"sys/policies/acl/{joining.key}", f"auth/token/roles/{joining.key}"):
        assert provisioner.call("GET", path).status_code == 404


def test_undo_after_activation_keeps_the_key(provisioner: Bao, joining: Municipality) -> None:
    provision.make_access(step(joining))
    provision.undo_access(step(joining, has_been_active=True))

    assert provisioner.store("provisioner").has_key(joining.key)
    assert not provision.access_is_done(step(joining))


def test_leaving_leaves_no_key_secret_or_right(provisioner: Bao, joining: Municipality) -> None:
    provisioner.admit(joining.key)
    provisioner.store("provisioner").write(f"tenants/{joining.key}/oidc/google", {"secret": "x"})
    store = provisioner.municipal_store(joining.key)
    wrapped = store.new_data_key(joining.key).wrapped
    for _twice in range(2):
        for do in (leaving.withdraw_access, leaving.delete_secrets, leaving.destroy_key):
            do(step(joining))

    with pytest.raises(AccessDenied):
        store.unwrap(joining.key, wrapped)
    assert provisioner.call("GET", f"kv/data/tenants/{joining.key}/smtp").status_code == 404
    assert provisioner.call("LIST", f"kv/metadata/tenants/{joining.key}").status_code == 404
    provision.make_access(step(joining))
    with pytest.raises(SecretMissing):
        provisioner.municipal_store(joining.key).read(f"tenants/{joining.key}/smtp")


def test_a_destroyed_key_is_named_as_such(provisioner: Bao, joining: Municipality) -> None:
    provisioner.admit(joining.key)
    store = provisioner.municipal_store(joining.key)
    wrapped = store.new_data_key(joining.key).wrapped
    provisioner.store("provisioner").destroy_key(joining.key)

    with pytest.raises(KeyDestroyed):
        store.unwrap(joining.key, wrapped)


@pytest.mark.django_db
def test_data_keys_are_made_and_tried(
    provisioner: Bao, heideblick: Municipality, retire_keys: Callable[[Scope], None]
) -> None:
    provisioner.admit(heideblick.key)
    retire_keys(heideblick)
    assert not provision.data_keys_are_done(step(heideblick))
    with transaction.atomic():
        provision.make_data_keys(step(heideblick))
        provision.make_data_keys(step(heideblick))

    assert provision.data_keys_are_done(step(heideblick))
    with context.enter(heideblick):
        assert DataKey.objects.filter(retired_at=None).count() == 2
    provision.undo_data_keys(step(heideblick))
    assert provision.data_keys_are_done(step(heideblick))
