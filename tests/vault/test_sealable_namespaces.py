# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What docs/operations/secrets.md says of namespaces with shares of their own, tried on the server: 2 of 3 open it."""

from __future__ import annotations

import time

import requests

from tests.vault.bao import Bao

SEAL = 'seal "shamir" {\n shares = 3\n threshold = 2\n}'


def ask(bao: Bao, namespace: str, method: str, path: str, body: object = None) -> requests.Response:
    return requests.request(
        method,
        f"{bao.address}/v1/{path}",
        json=body,
        headers={"X-Vault-Token": bao.root, "X-Vault-Namespace": namespace},
        timeout=10,
    )


def test_a_municipality_that_seals_its_namespace_stands_alone(own_bao: Bao) -> None:
    shares: dict[str, list[str]] = {}
    for name in ("m_000001", "m_000002"):
        made = own_bao.call("POST", f"sys/namespaces/{name}", {"seal": SEAL}).json()["data"]
        shares[name] = made["key_shares"]
        assert (len(shares[name]), made["key_threshold"]) == (3, 2)
        # It begins sealed: not even the operator puts anything into it without the shares.
        assert ask(own_bao, name, "POST", "sys/mounts/transit", {"type": "transit"}).status_code == 503
        unseal(own_bao, name, shares[name][:2])
        ask(own_bao, name, "POST", "sys/mounts/transit", {"type": "transit"}).raise_for_status()
        ask(own_bao, name, "POST", f"transit/keys/{name}", {}).raise_for_status()

    assert [works(own_bao, name) for name in shares] == [True, True]
    own_bao.call("PUT", "sys/namespaces/m_000001/seal").raise_for_status()
    assert [works(own_bao, name) for name in shares] == [False, True]

    unseal(own_bao, "m_000001", shares["m_000001"][2:])
    unseal(own_bao, "m_000001", shares["m_000002"][:1])  # a neighbour's share opens nothing
    assert not works(own_bao, "m_000001")
    unseal(own_bao, "m_000001", [])
    unseal(own_bao, "m_000001", shares["m_000001"][1:])
    limit = time.monotonic() + 5
    while not works(own_bao, "m_000001"):
        assert time.monotonic() < limit
        time.sleep(0.05)


def works(bao: Bao, name: str) -> bool:
    return ask(bao, name, "POST", f"transit/datakey/wrapped/{name}").ok


def unseal(bao: Bao, name: str, shares: list[str]) -> None:
    """Give these shares; none gives up what was given before."""
    path = f"sys/namespaces/{name}/unseal"
    for body in [{"key": share} for share in shares] or [{"reset": True}]:
        bao.call("PUT", path, body)
