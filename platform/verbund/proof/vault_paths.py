# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each municipality's token in Vault at every place of another, and sealed values carried across."""

from __future__ import annotations

from typing import Any

import requests
from django.conf import settings

from verbund.kernel.errors import DomainError
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party
from verbund.vault import api
from verbund.vault.connection import Server
from verbund.vault.models import DataKey
from verbund.vault.tokens import AppRoleIdentity, MunicipalityIdentity

PATHS, OWN, SEALED = "vault.paths", "vault.own", "vault.sealed"
_PURPOSE = "proof.sealed"
_SECONDS = 5
_FORBIDDEN, _CALLED_WRONG = frozenset({403}), frozenset({400, 403, 404})
_ELSEWHERE: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", "kv/data/tenants/{other}/smtp", None),
    ("GET", "kv/data/tenants/{own}/../{other}/smtp", None),
    ("GET", "kv/data/tenants/{own}/%2e%2e/{other}/smtp", None),
    ("GET", "kv/metadata/tenants/{other}/smtp", None),
    ("LIST", "kv/metadata/tenants/{other}", None),
    ("LIST", "kv/metadata/tenants", None),
    ("LIST", "kv/metadata", None),
    ("GET", "kv/data/association/django", None),
    ("GET", "kv/data/association/db", None),
    ("GET", "kv/data/provisioning/db", None),
    ("POST", "kv/data/tenants/{other}/smtp", {"data": {"password": "x"}}),
    ("POST", "kv/data/tenants/{own}/smtp", {"data": {"password": "x"}}),
    ("DELETE", "kv/metadata/tenants/{other}/smtp", None),
    ("POST", "transit/datakey/plaintext/{other}", {}),
    ("POST", "transit/datakey/wrapped/{other}", {}),
    ("POST", "transit/decrypt/{other}", {"ciphertext": "vault:v1:AAAA"}),
    ("POST", "transit/rewrap/{other}", {"ciphertext": "vault:v1:AAAA"}),
    ("POST", "transit/encrypt/{other}", {"plaintext": "AAAA"}),
    ("POST", "transit/hmac/{other}", {"input": "AAAA"}),
    ("POST", "transit/decrypt/association", {"ciphertext": "vault:v1:AAAA"}),
    ("POST", "transit/datakey/plaintext/association", {}),
    ("GET", "transit/keys/{other}", None),
    ("DELETE", "transit/keys/{other}", None),
    ("POST", "transit/keys/{other}/config", {"deletion_allowed": True}),
    ("POST", "transit/keys/{other}/rotate", {}),
    ("GET", "transit/export/encryption-key/{other}", None),
    ("GET", "transit/backup/{other}", None),
    ("POST", "auth/token/create", {}),
    ("POST", "auth/token/create/{other}", {}),
    ("POST", "auth/token/renew-self", {}),
    ("PUT", "sys/policies/acl/{own}", {"policy": 'path "*" { capabilities = ["read"] }'}),
    ("GET", "sys/policies/acl/{other}", None),
    ("GET", "sys/mounts", None),
)


def try_vault(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """As each municipality, elsewhere; then values and data keys sealed by one, opened by another."""
    members = [party for party in parties if party.kind == "municipality"]
    tokens = {party.key: _token(party.key) for party in members}
    for party in members:
        answer = _call("POST", f"transit/datakey/plaintext/{party.key}", {}, tokens[party.key])
        if answer.ok:
            ledger.succeeded(OWN)
        else:
            ledger.failed(OWN, party.key, f"eigener Schlüssel: {answer.status_code}")
        party.secrets.add(tokens[party.key])
        for other in members:
            if other is not party:
                _try_paths(party, other, tokens[party.key], ledger)
                _try_data_keys(party, other, tokens[party.key], tokens[other.key], ledger)
    for party in parties:
        for other in parties:
            if other is not party:
                _try_sealed(party, other, ledger)


def _token(key: str) -> str:
    environment = settings.VERBUND
    server = Server(environment.vault_addr)
    platform = AppRoleIdentity(server, environment.vault_credentials)
    return MunicipalityIdentity(server, platform, key).token()


def _call(method: str, path: str, body: dict[str, Any] | None, token: str) -> requests.Response:
    """Past our own client, which would not even send such paths."""
    request = requests.Request(
        method, "http://nowhere", json=body, headers={"X-Vault-Token": token}
    ).prepare()
    request.url = f"{settings.VERBUND.vault_addr}/v1/{path}"
    with requests.Session() as session:
        session.trust_env = False
        return session.send(request, timeout=_SECONDS)


def _try_paths(party: Party, other: Party, token: str, ledger: Ledger) -> None:
    for method, path, body in _ELSEWHERE:
        answer = _call(method, path.format(own=party.key, other=other.key), body, token)
        # Dotted paths are called wrong before anybody asks whether they are allowed.
        expected = _CALLED_WRONG if ".." in path or "%2e" in path else _FORBIDDEN
        subject = f"{party.key}: {method} {path.format(own=party.key, other=other.key)}"
        ledger.expect(PATHS, subject, f"{answer.status_code}", ok=answer.status_code in expected)


def _try_data_keys(party: Party, other: Party, token: str, others: str, ledger: Ledger) -> None:
    """A wrapped data key of another, also under one's own name; its owner unwraps it."""
    with other.enter():
        wrapped = DataKey.objects.order_by("pk").values_list("wrapped", flat=True).first()
    body = {"ciphertext": str(wrapped)}
    shown = _call("POST", f"transit/decrypt/{other.key}", body, others)
    if shown.ok:
        ledger.succeeded(OWN)
    else:
        ledger.failed(OWN, other.key, f"öffnet den eigenen Datenschlüssel nicht: {shown.status_code}")
    for name in (party.key, other.key):
        answer = _call("POST", f"transit/decrypt/{name}", body, token)
        ledger.expect(
            PATHS,
            f"{party.key} öffnet den Datenschlüssel von {other.key} mit {name}",
            f"{answer.status_code}",
            ok=not answer.ok,
        )


def _try_sealed(party: Party, other: Party, ledger: Ledger) -> None:
    with other.enter():
        sealed = api.seal(other.canary, purpose=_PURPOSE)
        index = api.blind_index(other.canary, purpose=_PURPOSE)
        if api.unseal(sealed, purpose=_PURPOSE) == other.canary:
            ledger.succeeded(SEALED)
    with party.enter():
        ours = api.blind_index(other.canary, purpose=_PURPOSE)
        ledger.expect(SEALED, f"{party.key} und {other.key}", "gleicher Suchwert", ok=ours != index)
        try:
            seen = api.unseal(sealed, purpose=_PURPOSE)
        except DomainError:
            ledger.held(SEALED)
        else:
            ledger.failed(SEALED, f"{party.key} öffnet {other.key}", f"liest {seen!r}")
