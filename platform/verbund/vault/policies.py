# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a municipality's token may do in Vault, and how such a token is taken.

The policies of the platform's and the provisioner's own AppRoles belong to the installation of the server.
"""

from __future__ import annotations

TOKEN_SECONDS = 15 * 60


def municipality_policy(key: str) -> str:
    """One municipality's rights, named like its key: its secrets and its transit key, nothing else."""
    return f"""\
path "kv/data/tenants/{key}/*" {{ capabilities = ["read"] }}
path "kv/metadata/tenants/{key}/*" {{ capabilities = ["list"] }}
path "transit/datakey/plaintext/{key}" {{ capabilities = ["update"] }}
path "transit/encrypt/{key}" {{ capabilities = ["update"] }}
path "transit/decrypt/{key}" {{ capabilities = ["update"] }}
path "transit/rewrap/{key}" {{ capabilities = ["update"] }}
path "auth/token/lookup-self" {{ capabilities = ["read"] }}
path "auth/token/revoke-self" {{ capabilities = ["update"] }}
"""


def token_role(key: str) -> dict[str, object]:
    """The role tokens of a municipality are taken through: its policy alone, 15 minutes at most, no parent."""
    return {
        "allowed_policies": [key],
        "disallowed_policies": ["default", "root"],
        "orphan": True,
        "renewable": False,
        "token_type": "service",
        "token_explicit_max_ttl": TOKEN_SECONDS,
    }
