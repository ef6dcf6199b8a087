# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrets and tokens show up in no repr, exception or log line, and no child shares what its parent holds."""

from __future__ import annotations

import os
import secrets
import traceback

import pytest
import structlog

from tests.vault.bao import Bao
from verbund.kernel import context
from verbund.kernel.context import Municipality
from verbund.vault import process
from verbund.vault.connection import Grant, Server
from verbund.vault.errors import AccessDenied, VaultUnavailable
from verbund.vault.references import resolve
from verbund.vault.store import NewDataKey
from verbund.vault.tokens import AppRoleIdentity


def test_repr_shows_no_secret(bao: Bao) -> None:
    identity = AppRoleIdentity(bao.server(), bao.credentials("platform"))
    token = identity.token()
    shown = repr(
        [identity, identity.__dict__, Grant("geheim", 1, False), NewDataKey(b"geheim", "vault:v1:x")]
    )

    assert token not in shown
    assert "geheim" not in shown


def test_errors_and_log_lines_show_no_token(bao: Bao, key: str) -> None:
    bao.admit(key)
    identity = AppRoleIdentity(bao.server(), bao.credentials("platform"))
    token = identity.token()
    planted = secrets.token_urlsafe(16)
    with structlog.testing.capture_logs() as lines, pytest.raises(AccessDenied) as caught:
        bao.store("platform").write(f"tenants/{key}/smtp", {"password": planted})

    shown = "".join(traceback.format_exception(caught.value)) + repr(lines)
    assert token not in shown
    assert planted not in shown
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert [(line["event"], line["operation"]) for line in lines] == [
        ("vault.call_failed", "write"),
    ]


def test_a_lost_connection_leaves_no_request_in_the_error(bao: Bao) -> None:
    with pytest.raises(VaultUnavailable) as caught:
        Server("http://127.0.0.1:9").look_up("s.geheim")

    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_municipalitys_context_uses_its_own_token(bao: Bao, key: str) -> None:
    bao.admit(key)
    process.use(bao.holdings())
    number = int(key.removeprefix("m_"))
    try:
        with context.enter(Municipality(number=number, slug="x", name="X", kind="stadt")):
            assert resolve("vault:municipality/smtp#password") == f"geheim-{key}"
        assert process.holdings().store_of(key).check().policies == {key}
        assert process.holdings().own.check().policies == {"platform"}
    finally:
        process.forget()


def test_a_forked_child_starts_with_nothing(bao: Bao) -> None:
    parent = process.use(bao.holdings())
    parent.own.check()
    try:
        child = os.fork()
        if child == 0:
            os._exit(0 if process._holdings is None and not process._lock.locked() else 1)
        _, status = os.waitpid(child, 0)

        assert os.waitstatus_to_exitcode(status) == 0
        assert process.holdings() is parent
    finally:
        process.forget()
