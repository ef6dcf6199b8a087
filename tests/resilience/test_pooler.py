# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""R5: the proof of isolation behind Debian's PgBouncer; without the refusal at the start it must turn red."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.harness import databases, pooler
from tests.harness.services import Services
from tests.mutations.__main__ import apply, copy_tree, proof
from tests.mutations.table import Mutation
from verbund.vault.connection import Server
from verbund.vault.openbao import VaultStore
from verbund.vault.tokens import AppRoleIdentity

pytestmark = pytest.mark.pooler
OWNER, APPLICATION = "verbund_owner", "verbund_app"
_REFUSAL_TAKEN_OUT = Mutation(
    guard="pooler: one that shares sessions is refused",
    file="tenants/database/server.py",
    old="    if _is_direct(connection) or _Once.is_pooler_proven:\n",
    new="    if True:\n",
    trials="storm",
)
# Fewer sessions than the storm has threads, so that they are handed on all the time.
_FEW, _ENOUGH = 4, 40


@dataclass(frozen=True)
class Run:
    """How a proof ended: status, report (empty when it broke off), last words."""

    status: int
    report: dict
    said: str

    @property
    def leaks(self) -> list[str]:
        """Statements that saw another municipality than the one that was entered."""
        return [failure["seen"] for failure in self.report["failures"] if " statt m_" in failure["seen"]]


@pytest.fixture
def behind(services: Services, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Runs the proof of a copy of the tree with every process behind a pooler, the application's login in a given mode."""
    if pooler.program() is None:
        pytest.skip("missing: PgBouncer (apt-get install pgbouncer)")
    name = f"verbund_pooled_{os.getpid()}"
    databases.copy(services, databases.ensure_template(services), name)
    databases.number_from(services, name, 700_000 + os.getpid() % 100_000 * 10)
    copy_tree(tmp_path)
    passwords = _passwords(services)

    def run(*options: str, mode: str, size: int, without: Mutation | None = None) -> Run:
        if without is not None:
            apply(without, tmp_path)
        modes = {OWNER: "session", APPLICATION: mode}
        with pooler.pooled(services, modes=modes, size=size, passwords=passwords) as port:
            way = {"VERBUND_DB_HOST": "127.0.0.1", "VERBUND_DB_PORT": str(port)}
            through = replace(services, cli=services.cli | way, web=services.web | way)
            return Run(*proof(through, tmp_path, name, *options))

    yield run
    databases.drop(services, name)


def _passwords(services: Services) -> dict[str, str]:
    """Of both logins, as an operator gives them to a pooler: read with the identity of the command line."""
    server = Server(services.cli["VERBUND_VAULT_ADDR"])
    identity = AppRoleIdentity(server, Path(services.cli["VERBUND_VAULT_CREDENTIALS"]))
    store = VaultStore(server, identity)
    try:
        return {
            OWNER: store.read("provisioning/db")["owner_password"],
            APPLICATION: store.read("association/db")["app_password"],
        }
    finally:
        server.close()


def test_the_proof_holds_behind_a_pooler_that_keeps_sessions(
    behind: Callable[..., Run], note: Callable[..., None]
) -> None:
    done = behind(mode="session", size=_ENOUGH)

    assert done.report, done.said
    tried = done.report["counts"]["tried"]
    note(
        bar="R5",
        fault="PgBouncer before PostgreSQL, pool_mode = session",
        how="the whole proof of isolation with every process behind it",
        measured=f"{sum(tried.values())} trials, {len(done.report['failures'])} failures;"
        f" {tried['storm.switches']} statements in the storm of threads",
    )
    assert done.report["failures"] == []
    assert (tried["pooler.sessions"], "pooler.sessions" in done.report["gaps"]) == (1, False)
    assert done.status == 0


def test_a_pooler_that_shares_sessions_is_refused_before_anything_is_read(
    behind: Callable[..., Run], note: Callable[..., None]
) -> None:
    done = behind("--versuche", "storm", mode="transaction", size=_FEW)

    note(
        bar="R5",
        fault="PgBouncer before PostgreSQL, pool_mode = transaction",
        how="the proof of isolation with the application's login in that mode",
        measured=f"refused at the first connection with exit status {done.status} and “Abhilfe: pool_mode = session”",
    )
    assert (done.status, done.report) == (2, {}), done.said
    assert "pool_mode = session" in done.said


def test_without_the_refusal_the_proof_notices(behind: Callable[..., Run], note: Callable[..., None]) -> None:
    done = behind("--versuche", "storm", mode="transaction", size=_FEW, without=_REFUSAL_TAKEN_OUT)

    assert done.report, done.said
    caught = sorted({failure["trial"] for failure in done.report["failures"]})
    note(
        bar="R5",
        fault="PgBouncer, pool_mode = transaction, refusal taken out of the source",
        how=f"negative control: a copy of the tree without the check, {_FEW} sessions for the storm's ten threads",
        measured=f"the proof turns red by {', '.join(caught)}: {len(done.leaks)} of the failures it lists saw another municipality",
    )
    assert done.status == 1
    assert "storm.switches" in caught
    assert done.leaks
