# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A process in a cluster signs in with its service account's token: no secret of ours is handed to it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.vault.bao import Bao
from verbund.vault.errors import CredentialsRefused
from verbund.vault.openbao import VaultStore
from verbund.vault.tokens import AppRoleIdentity

ISSUER = "https://kubernetes.default.svc.cluster.local"
OURS = "system:serviceaccount:verbund:verbund-web"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def account_token(bao: Bao) -> Callable[[str], str]:
    """Tokens as a cluster signs them, which the server knows by the public key (docs/operations/secrets.md)."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for path, body in (
        ("sys/auth/cluster", {"type": "jwt"}),
        ("auth/cluster/config", {"jwt_validation_pubkeys": [public.decode()], "bound_issuer": ISSUER}),
        (
            "auth/cluster/role/platform",
            {
                "role_type": "jwt",
                "user_claim": "sub",
                "bound_audiences": ["openbao"],
                "bound_subject": OURS,
                "token_policies": ["platform"],
                "token_no_default_policy": True,
                "token_ttl": "15m",
            },
        ),
    ):
        bao.call("POST", path, body).raise_for_status()

    def sign(subject: str) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "sub": subject, "aud": ["openbao"], "iat": now, "nbf": now, "exp": now + 600}
        signed = f"{encoded(json.dumps({'alg': 'ES256', 'typ': 'JWT'}).encode())}.{encoded(json.dumps(claims).encode())}"
        r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    return sign


def store_with(bao: Bao, folder: Path, token: str) -> VaultStore:
    (folder / "token").write_text(f"{token}\n")
    file = folder / "platform.json"
    file.write_text(json.dumps({"mount": "cluster", "role": "platform", "jwt_file": str(folder / "token")}))
    server = bao.server()
    return VaultStore(server, AppRoleIdentity(server, file))


def test_our_service_account_signs_in_and_has_the_platforms_rights(
    bao: Bao, account_token: Callable[[str], str], tmp_path: Path
) -> None:
    store = store_with(bao, tmp_path, account_token(OURS))

    assert store.check().policies == {"platform"}
    assert set(store.read("association/django")) == {"secret_key"}


@pytest.mark.parametrize("subject", ["system:serviceaccount:other:verbund-web", "broken"])
def test_another_account_or_a_broken_token_is_refused(
    bao: Bao, account_token: Callable[[str], str], tmp_path: Path, subject: str
) -> None:
    token = account_token(subject) if ":" in subject else "a.b.c"

    with pytest.raises(CredentialsRefused) as caught:
        store_with(bao, tmp_path, token).check()
    assert caught.value.__context__ is None


def test_a_missing_token_file_is_refused(bao: Bao, tmp_path: Path) -> None:
    store = store_with(bao, tmp_path, "x")
    (tmp_path / "token").unlink()

    with pytest.raises(CredentialsRefused):
        store.check()
