# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vault sealed, stopped, killed or with a full audit disk: how fast we say so, and that we come back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.vault.bao import Bao
from verbund.kernel.errors import DomainError
from verbund.vault import process
from verbund.vault.breaker import CircuitBreaker
from verbund.vault.connection import Server
from verbund.vault.errors import VaultSealed, VaultUnavailable
from verbund.vault.openbao import VaultStore
from verbund.vault.readiness import check_ready
from verbund.vault.references import resolve
from verbund.vault.tokens import AppRoleIdentity


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    process.forget()


def outcome(call: Callable[[], object]) -> tuple[str, float]:
    began = time.monotonic()
    try:
        call()
    except DomainError as error:
        return error.code, time.monotonic() - began
    return "ok", time.monotonic() - began


TROUBLE: dict[str, tuple[Callable[[Bao], None], str]] = {
    "sealed": (Bao.seal, "vault_sealed"),
    "hangs": (Bao.hang, "vault_unavailable"),
    "killed": (Bao.kill, "vault_unavailable"),
    "audit full": (Bao.fill_audit_disk, "vault_unavailable"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", TROUBLE)
def test_fails_within_three_seconds_with_a_named_error(own_bao: Bao, kind: str) -> None:
    make_trouble, code = TROUBLE[kind]
    store = own_bao.store("provisioner")
    store.write("tenants/m_000001/smtp", {"password": "x"})
    make_trouble(own_bao)
    until_refused(own_bao, kind)

    for call in (
        lambda: store.write("tenants/m_000001/smtp", {"password": "y"}),
        lambda: store.read("association/django"),
    ):
        found, seconds = outcome(call)
        assert found == code
        assert seconds <= 3


def until_refused(bao: Bao, kind: str) -> None:
    """The server takes the signal for its audit log when it likes."""
    if kind != "audit full":
        return
    limit = time.monotonic() + 5
    while bao.call("GET", "kv/data/association/django").ok:
        assert time.monotonic() < limit
        time.sleep(0.05)
    assert bao.call("GET", "sys/health").status_code == 200  # which is why nobody relies on it


@pytest.mark.slow
def test_readiness_says_within_three_seconds_that_the_server_hangs(own_bao: Bao) -> None:
    """Two questions are asked then, and both wait."""
    process.use(own_bao.holdings())
    check_ready()
    own_bao.hang()

    code, seconds = outcome(check_ready)

    assert code == "vault_unavailable"
    assert seconds <= 3


@pytest.mark.slow
def test_many_threads_do_not_queue_up_behind_a_hanging_server(own_bao: Bao) -> None:
    process.use(own_bao.holdings())
    own_bao.hang()
    with ThreadPoolExecutor(16) as pool:
        began = time.monotonic()
        answers = list(
            pool.map(lambda _n: outcome(lambda: resolve("vault:association/django#secret_key")), range(32))
        )
        took = time.monotonic() - began

    assert {code for code, _seconds in answers} == {"vault_unavailable"}
    assert max(seconds for _code, seconds in answers) <= 3
    assert took <= 3 * 2


@pytest.mark.slow
def test_an_open_breaker_answers_at_once_and_closes_after_unsealing(own_bao: Bao) -> None:
    server = Server(own_bao.address, breaker=CircuitBreaker(pause=0.5))
    store = VaultStore(server, AppRoleIdentity(server, own_bao.credentials("platform")))
    store.check()
    own_bao.seal()
    for _ in range(5):
        assert outcome(store.check)[0] == "vault_sealed"
    assert server.breaker.is_open
    code, seconds = outcome(store.check)
    assert (code, seconds < 0.005) == ("vault_sealed", True)

    own_bao.unseal()
    began = time.monotonic()
    while outcome(store.check)[0] != "ok":
        time.sleep(0.05)

    assert time.monotonic() - began < 3


@pytest.mark.slow
def test_what_is_in_memory_is_served_while_sealed_and_what_is_not_fails(own_bao: Bao) -> None:
    process.use(own_bao.holdings("provisioner"))
    assert resolve("vault:association/django#secret_key") == "k"
    own_bao.seal()

    assert resolve("vault:association/django#secret_key") == "k"
    with pytest.raises(VaultSealed) as caught:
        resolve("vault:provisioning/db#owner_password")
    assert caught.value.status == 503
    assert caught.value.retry_after_seconds > 0
    assert "versiegelt" in caught.value.message


def test_readiness_asks_a_real_question(own_bao: Bao) -> None:
    process.use(own_bao.holdings())
    check_ready()
    own_bao.seal()

    with pytest.raises(VaultSealed):
        check_ready()


def test_nobody_there_is_unavailable(own_bao: Bao) -> None:
    own_bao.kill()

    with pytest.raises(VaultUnavailable):
        own_bao.store("platform").check()
