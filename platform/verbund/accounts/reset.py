# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links for a new password: bound to the schema, good for two hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from typing_extensions import override

from verbund.kernel import context


class ResetTokenGenerator(PasswordResetTokenGenerator):
    """Signs the scope as well: an equal password hash of an equal key elsewhere accepts nothing."""

    key_salt = "verbund.accounts.reset"

    @override
    def _make_hash_value(self, user: Any, timestamp: datetime | int) -> str:
        return f"{context.current().key}:{super()._make_hash_value(user, timestamp)}"  # type: ignore[arg-type]
