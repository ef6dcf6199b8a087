# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The secret store in earnest: Vault or OpenBao, with KV version 2 and transit."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from verbund.vault.connection import Server
from verbund.vault.errors import NotSetUpYet, SecretMissing
from verbund.vault.policies import municipality_policy, token_role
from verbund.vault.store import KeyVersions, NewDataKey, TokenFacts
from verbund.vault.tokens import Identity, ask_as, with_live_token

T = TypeVar("T")

SECRETS: Final = "kv"
TRANSIT: Final = "transit"
_MOUNTS: Final[dict[str, dict[str, Any]]] = {
    SECRETS: {"type": "kv", "options": {"version": "2"}},
    TRANSIT: {"type": "transit"},
}
_OUTSIDE: Final = "sys/namespaces"  # named without a municipality: it is made from outside
_DATA_KEY_BITS: Final = 256
_SETTING_UP_SECONDS: Final = 5.0


class _Speaker:
    """Speaks to a server in the name of one identity."""

    def __init__(self, server: Server, identity: Identity) -> None:
        self._server = server
        self._identity = identity

    def _ask(self, operation: str, path: str, call: Callable[[Any], T]) -> T:
        return ask_as(self._server, self._identity, operation, path, call)


class VaultStore(_Speaker):
    """`SecretStore` over HTTP. What it may do is decided by the identity's policy, on the server."""

    def read(self, path: str) -> Mapping[str, str]:
        answer = self._ask(
            "read",
            path,
            lambda client: client.secrets.kv.v2.read_secret_version(
                path, mount_point=SECRETS, raise_on_deleted_version=True
            ),
        )
        return {name: str(value) for name, value in answer["data"]["data"].items()}

    def write(self, path: str, values: Mapping[str, str]) -> None:
        """Write a secret; waits some seconds where its place was mounted only just now."""
        limit = time.monotonic() + _SETTING_UP_SECONDS
        while True:
            try:
                self._write(path, values)
            except NotSetUpYet:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.1)
            else:
                return

    def _write(self, path: str, values: Mapping[str, str]) -> None:
        self._ask(
            "write",
            path,
            lambda client: client.secrets.kv.v2.create_or_update_secret(
                path, dict(values), mount_point=SECRETS
            ),
        )

    def delete(self, path: str) -> None:
        self._ask(
            "delete",
            path,
            lambda client: client.secrets.kv.v2.delete_metadata_and_all_versions(path, mount_point=SECRETS),
        )

    def names(self, path: str) -> tuple[str, ...]:
        try:
            answer = self._ask(
                "list", path, lambda client: client.secrets.kv.v2.list_secrets(path, mount_point=SECRETS)
            )
        except SecretMissing:
            return ()
        return tuple(answer["data"]["keys"])

    def create_key(self, name: str) -> None:
        self._ask(
            "create_key",
            name,
            lambda client: client.secrets.transit.create_key(
                name,
                key_type="aes256-gcm96",
                exportable=False,
                allow_plaintext_backup=False,
                mount_point=TRANSIT,
            ),
        )

    def has_key(self, name: str) -> bool:
        try:
            self._ask(
                "read_key",
                name,
                lambda client: client.secrets.transit.read_key(name, mount_point=TRANSIT),
            )
        except SecretMissing:
            return False
        return True

    def new_data_key(self, name: str) -> NewDataKey:
        answer = self._ask(
            "data_key",
            name,
            lambda client: client.secrets.transit.generate_data_key(
                name, key_type="plaintext", bits=_DATA_KEY_BITS, mount_point=TRANSIT
            ),
        )
        data = answer["data"]
        return NewDataKey(base64.b64decode(data["plaintext"]), data["ciphertext"])

    def unwrap(self, name: str, wrapped: str) -> bytes:
        answer = self._ask(
            "unwrap",
            name,
            lambda client: client.secrets.transit.decrypt_data(name, wrapped, mount_point=TRANSIT),
        )
        return base64.b64decode(answer["data"]["plaintext"])

    def wrap(self, name: str, secret: bytes) -> str:
        # Never at a name without a key: `encrypt` would make one where the policy lets it.
        answer = self._ask(
            "wrap",
            name,
            lambda client: client.secrets.transit.encrypt_data(
                name, plaintext=base64.b64encode(secret).decode(), mount_point=TRANSIT
            ),
        )
        return str(answer["data"]["ciphertext"])

    def rotate_key(self, name: str) -> None:
        self._ask(
            "rotate_key", name, lambda client: client.secrets.transit.rotate_key(name, mount_point=TRANSIT)
        )

    def key_versions(self, name: str) -> KeyVersions:
        answer = self._ask(
            "read_key", name, lambda client: client.secrets.transit.read_key(name, mount_point=TRANSIT)
        )
        data = answer["data"]
        newest = int(data["latest_version"])
        made_at = datetime.fromtimestamp(int(data["keys"][str(newest)]), tz=UTC)
        return KeyVersions(newest, int(data["min_decryption_version"]), made_at)

    def refuse_older(self, name: str, version: int) -> None:
        self._ask(
            "configure_key",
            name,
            lambda client: client.secrets.transit.update_key_configuration(
                name, min_decryption_version=version, mount_point=TRANSIT
            ),
        )

    def rewrap(self, name: str, wrapped: str) -> str:
        answer = self._ask(
            "rewrap",
            name,
            lambda client: client.secrets.transit.rewrap_data(name, wrapped, mount_point=TRANSIT),
        )
        return str(answer["data"]["ciphertext"])

    def destroy_key(self, name: str) -> None:
        if not self.has_key(name):
            return

        def allow_and_delete(client: Any) -> None:
            client.secrets.transit.update_key_configuration(name, deletion_allowed=True, mount_point=TRANSIT)
            client.secrets.transit.delete_key(name, mount_point=TRANSIT)

        self._ask("destroy_key", name, allow_and_delete)

    def check(self) -> TokenFacts:
        key = self._identity.key
        return with_live_token(
            self._server, self._identity, lambda token: self._server.look_up(token, key=key)
        )

    def says_healthy(self) -> bool:
        return self._server.says_healthy()


class VaultAccessRules(_Speaker):
    """`AccessRules` over HTTP, with the provisioner's identity."""

    def grant(self, key: str) -> None:
        if self._server.has_namespaces:
            self._make_namespace(key)
        policy = municipality_policy(key)
        self._ask(
            "write_policy",
            key,
            lambda client: client.sys.create_or_update_acl_policy(key, policy),
        )
        self._ask("write_role", key, lambda client: client.write_data(_role_path(key), data=token_role(key)))

    def is_granted(self, key: str) -> bool:
        try:
            policy = self._ask("read_policy", key, lambda client: client.sys.read_acl_policy(key))
            role = self._ask("read_role", key, lambda client: client.read(_role_path(key)))
        except SecretMissing:
            return False
        if policy["data"]["policy"] != municipality_policy(key) or role is None:
            return False
        return all(role["data"].get(name) == value for name, value in token_role(key).items())

    def is_known(self, key: str) -> bool:
        try:
            self._ask("read_policy", key, lambda client: client.sys.read_acl_policy(key))
        except SecretMissing:
            # An answer without content is how hvac says that there is no such path.
            try:
                return self._ask("read_role", key, lambda client: client.read(_role_path(key))) is not None
            except SecretMissing:
                return False
        return True

    def withdraw(self, key: str) -> None:
        self._ask("delete_role", key, lambda client: client.delete(_role_path(key)))
        self._ask("delete_policy", key, lambda client: client.sys.delete_acl_policy(key))

    def clear(self, key: str) -> None:
        if self._server.has_namespaces:
            self._ask("delete_namespace", _OUTSIDE, lambda client: client.delete(f"sys/namespaces/{key}"))

    def _make_namespace(self, key: str) -> None:
        """The municipality's namespace with the same mounts under the same names as without namespaces."""
        self._ask("write_namespace", _OUTSIDE, lambda client: client.write_data(f"sys/namespaces/{key}"))
        mounts = self._ask("read_mounts", key, lambda client: client.sys.list_mounted_secrets_engines())
        for name, described in _MOUNTS.items():
            if f"{name}/" not in mounts["data"]:
                self._ask("write_mount", key, _mounting(name, described))


def _mounting(name: str, described: dict[str, Any]) -> Callable[[Any], Any]:
    return lambda client: client.write_data(f"sys/mounts/{name}", data=described)


def _role_path(key: str) -> str:
    return f"auth/token/roles/{key}"
