# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenBao's configuration file: raft, static seal, two audit files, and what to set up by itself at first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from verbund.embedded.openbao_policies import POLICIES, as_document
from verbund.embedded.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TTL: Final = "15m"
_LONGEST_TTL: Final = "24h"
AUDIT_DEVICES: Final = ("first", "second")


def server_part(folder: Path, *, port: int, cluster_port: int, logs: Path) -> str:
    """Describe the server; the same at every start but for ports and folders."""
    address, cluster = f"{HOST}:{port}", f"{HOST}:{cluster_port}"
    audits = "\n".join(
        # Two files: with one device that fails, every request would fail with it.
        f'audit "file" "{name}" {{\n options {{\n  file_path = {_text(file)}\n  mode = "0600"\n }}\n}}'
        for name, file in zip(AUDIT_DEVICES, audit_files(logs), strict=True)
    )
    return f"""\
ui = false
log_level = "warn"
api_addr = "http://{address}"
cluster_addr = "http://{cluster}"
storage "raft" {{
 path = {_text(folder / "raft")}
 node_id = "embedded"
 performance_multiplier = "1"
}}
seal "static" {{
 current_key_id = "embedded"
 current_key = {_text(f"file://{folder / 'seal.key'}")}
}}
listener "tcp" {{
 address = "{address}"
 cluster_address = "{cluster}"
 tls_disable = true
}}
{audits}
"""


def audit_files(logs: Path) -> tuple[Path, ...]:
    """Where the audit devices write: here on one disk, in earnest on two (docs/operations/secrets.md)."""
    return tuple(logs / f"openbao-audit-{name}.log" for name in AUDIT_DEVICES)


def first_part() -> str:
    """Describe what OpenBao sets up itself at the first start, without ever handing out a root token.

    Role ids and secret ids come from its environment, see ``variable``. The secret ids stand last:
    who can sign in with one knows that all the rest is done.
    """
    requests = [
        _request("kv", "sys/mounts/kv", {"type": "kv", "options": {"version": "2"}}),
        _request("transit", "sys/mounts/transit", {"type": "transit"}),
        _request("approle", "sys/auth/approle", {"type": "approle"}),
        _request("association_key", "transit/keys/association", {"type": "aes256-gcm96"}),
    ]
    for role, rules in POLICIES.items():
        requests.append(
            _request(f"{role}_policy", f"sys/policies/acl/{role}", {"policy": as_document(rules)})
        )
        requests.append(_request(f"{role}_role", f"auth/approle/role/{role}", _approle(role)))
    for role in POLICIES:
        secret = {"secret_id": _from_environment(variable(role, "secret_id"))}
        requests.append(_request(f"{role}_secret", f"auth/approle/role/{role}/custom-secret-id", secret))
    return 'initialize "verbund" {\n' + "\n".join(requests) + "\n}\n"


def variable(role: str, part: str) -> str:
    """Name the environment variable for a part of a role's credentials."""
    return f"VERBUND_{role}_{part}".upper()


def _approle(role: str) -> dict[str, object]:
    return {
        "role_id": _from_environment(variable(role, "role_id")),
        "token_policies": [role],
        "token_no_default_policy": True,
        "token_ttl": _TTL,
        "token_max_ttl": _LONGEST_TTL,
        "token_bound_cidrs": [f"{HOST}/32"],
        "secret_id_bound_cidrs": [f"{HOST}/32"],
    }


def _from_environment(name: str) -> dict[str, object]:
    return {"eval_type": "string", "eval_source": "env", "env_var": name}


def _request(name: str, path: str, data: Mapping[str, object]) -> str:
    body = "\n".join(f"  {key} = {_value(value)}" for key, value in data.items())
    return f' request "{name}" {{\n  operation = "update"\n  path = "{path}"\n  data = {{\n{body}\n  }}\n }}'


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + " ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
