# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is let in, and whose session goes on."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from typing_extensions import override

from verbund.accounts.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Asked at each request: the session of a stand-in ends with their last day, without a task that could be late."""

    @override
    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, Person) and user.may_sign_in
