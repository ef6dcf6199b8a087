# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures: one OpenBao for all tests here, and fresh ones for tests that seal, stop or kill it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.vault.bao import Bao
from verbund.kernel import clock, context
from verbund.kernel.context import Municipality, Scope
from verbund.vault import api, process
from verbund.vault.memory import MemoryStore
from verbund.vault.models import DataKey
from verbund.vault.process import Holdings
from verbund.vault.references import resolve

_numbers = count(800_001)  # far from the members of the test database


def database_login() -> dict[str, str]:
    """The password of the test run's database, for stores that stand in for the run's own."""
    api.forget()
    return {"app_password": resolve("vault:association/db#app_password")}


@pytest.fixture(scope="session")
def bao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bao]:
    """Shared: tests leave it running and work under keys of their own."""
    made = Bao(tmp_path_factory.mktemp("bao"))
    try:
        made.start()
        made.keep("association/db", database_login())
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def namespaced_bao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bao]:
    """Shared likewise, with a namespace for each municipality."""
    made = Bao(tmp_path_factory.mktemp("namespaced"), has_namespaces=True)
    try:
        made.start()
        made.keep("association/db", database_login())
        yield made
    finally:
        made.stop()


@pytest.fixture
def own_bao(tmp_path: Path) -> Iterator[Bao]:
    """A server one test may do anything to."""
    made = Bao(tmp_path)
    try:
        made.start()
        made.keep("association/db", database_login())
        yield made
    finally:
        made.stop()


@pytest.fixture
def key() -> str:
    """The key of a municipality no other test uses."""
    return f"m_{next(_numbers):06d}"


@pytest.fixture
def neighbour() -> str:
    """The key of another one."""
    return f"m_{next(_numbers):06d}"


@pytest.fixture
def memory() -> Iterator[MemoryStore]:
    """The process works with a store in memory; data keys the database came with are put aside."""
    store = MemoryStore()
    store.create_key("association")
    store.write("association/db", database_login())
    store.calls.clear()
    process.use(Holdings(own=store, rules=store, municipal=lambda _key: store))
    yield store
    api.forget()


@pytest.fixture
def sealable(own_bao: Bao) -> Iterator[Bao]:
    """The process works as the platform with a server of the test's own."""
    process.use(own_bao.holdings())
    yield own_bao
    api.forget()


@pytest.fixture
def retire_keys() -> Callable[[Scope], None]:
    """Put data keys aside that were wrapped by the server of the whole test run."""

    def retire(scope: Scope) -> None:
        entered = context.enter(scope) if isinstance(scope, Municipality) else context.enter_association()
        with entered:
            DataKey.objects.filter(retired_at=None).update(retired_at=clock.now())

    return retire
