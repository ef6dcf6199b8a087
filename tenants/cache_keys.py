# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cache keys name whose they are; without a scope there is no key."""

from __future__ import annotations

from verbund.kernel import context


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION.

    Raises:
        NoContext: nothing is entered.
    """
    return f"{context.current().key}:{key_prefix}:{version}:{key}"
