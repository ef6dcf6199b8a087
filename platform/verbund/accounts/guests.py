# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who was let in without an account: what stands as `request.user` then."""

from __future__ import annotations

from typing import Final

from typing_extensions import override

from verbund.kernel.actors import Actor


class Guest:
    """Has no key, no password and no second factor here; everything it may do is in its actor.

    ``leave_url`` is where it goes when it is done.
    """

    is_authenticated: Final = True
    is_anonymous: Final = False
    is_active: Final = True
    # No person has it: whatever is looked for by it is not found, and nothing can be given to it.
    pk: Final = 0
    email: Final = ""

    def __init__(self, actor: Actor, *, leave_url: str) -> None:
        self.actor = actor
        self.leave_url = leave_url

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def role(self) -> str:
        return self.actor.role

    def may(self, permission: str) -> bool:
        return self.actor.may(permission)

    @override
    def __str__(self) -> str:
        return self.name
