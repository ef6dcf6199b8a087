# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in Vault: the platform's and the provisioner's policy, least first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Rules = dict[str, list[str]]

_OWN_TOKEN: Final[Rules] = {
    "auth/token/lookup-self": ["read"],
    "auth/token/renew-self": ["update"],
    "auth/token/revoke-self": ["update"],
}

# What belongs to a municipality is only reached with a token taken for it, so there is nothing of tenants here.
PLATFORM: Final[Rules] = {
    **_OWN_TOKEN,
    "kv/data/association/*": ["read"],
    **{
        f"transit/{verb}/association": ["update"]
        for verb in ("encrypt", "decrypt", "rewrap", "datakey/plaintext", "datakey/wrapped", "hmac", "verify")
    },
    "transit/keys/association": ["read"],
    "auth/token/create/m_*": ["update"],
}

# Writes tenants' secrets and cannot read them: whether a step is done shows in the metadata.
# It writes policies, and who does that can give itself more: only the CLI and one worker hold it.
PROVISIONER: Final[Rules] = {
    **PLATFORM,
    "kv/data/association/*": ["create", "read", "update", "delete"],
    "kv/metadata/association/*": ["read", "list"],
    "kv/data/provisioning/*": ["create", "read", "update", "delete"],
    "kv/metadata/provisioning/*": ["read", "list"],
    "kv/data/tenants/*": ["create", "update", "patch", "delete"],
    "kv/metadata/tenants/*": ["create", "read", "update", "delete", "list"],
    "sys/policies/acl/m_*": ["create", "read", "update", "delete"],
    "sys/policies/acl": ["list"],
    "auth/token/roles/m_*": ["create", "read", "update", "delete"],
    "auth/token/roles": ["list"],
    "transit/keys/m_*": ["create", "read", "update", "delete"],
    "transit/keys": ["list"],
    "transit/rewrap/m_*": ["update"],
    # A new municipality's first data key, wrapped: the provisioner never sees it in clear.
    "transit/datakey/wrapped/m_*": ["update"],
    "transit/keys/association/rotate": ["update"],
    "transit/keys/association/config": ["update"],
}

# For installations with a namespace for each municipality: the same below each namespace, seen from outside of it.
NAMESPACED_PLATFORM: Final[Rules] = {**PLATFORM, "+/auth/token/create/m_*": ["update", "sudo"]}
NAMESPACED_PROVISIONER: Final[Rules] = {
    **{
        f"+/{path}": rights
        for path, rights in PROVISIONER.items()
        if path.rpartition("/")[2] == "m_*" or path.startswith(("kv/data/tenants", "kv/metadata/tenants"))
    },
    **NAMESPACED_PLATFORM,
    **PROVISIONER,
    "sys/namespaces/m_*": ["create", "read", "update", "delete"],
    "+/sys/mounts": ["read"],
    "+/sys/mounts/kv": ["create", "update"],
    "+/sys/mounts/transit": ["create", "update"],
}
# Nobody may make the association's key deletable or exportable, only refuse its older versions.
_ONLY: Final[Mapping[str, list[str]]] = {"transit/keys/association/config": ["min_decryption_version"]}
# A token in a namespace below takes sudo, which must not bring a life without end with it.
_NEVER: Final[Mapping[str, list[str]]] = {
    "+/auth/token/create/m_*": ["period", "id", "entity_alias"],
}

POLICIES: Final[Mapping[str, Rules]] = {"platform": PLATFORM, "provisioner": PROVISIONER}
NAMESPACED_POLICIES: Final[Mapping[str, Rules]] = {
    "platform": NAMESPACED_PLATFORM,
    "provisioner": NAMESPACED_PROVISIONER,
}


def as_document(rules: Mapping[str, list[str]]) -> str:
    """Render a policy the way Vault and OpenBao take it (JSON is allowed beside HCL)."""
    return json.dumps({"path": {path: _rule(path, rights) for path, rights in rules.items()}})


def _rule(path: str, rights: list[str]) -> dict[str, object]:
    rule: dict[str, object] = {"capabilities": rights}
    for kind, limited in (("allowed_parameters", _ONLY), ("denied_parameters", _NEVER)):
        if path in limited:
            rule[kind] = {name: [] for name in limited[path]}
    return rule
