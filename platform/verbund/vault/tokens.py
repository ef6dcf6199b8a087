# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""With which token we speak to Vault: the platform's own, or a short one of the municipality at work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from verbund.vault.connection import Grant, Server
from verbund.vault.errors import AccessDenied, VaultRefused, VaultUnavailable
from verbund.vault.shared_attempt import SharedAttempt

T = TypeVar("T")

_RENEW_AFTER = 2 / 3  # of a token's life: late enough to be rare, early enough to survive a short outage
_DROP_AFTER = 0.9
_RETRY_SECONDS = 10


class Identity(Protocol):
    """Somebody who has a token; ``key`` names the municipality it reaches, or nobody."""

    key: str

    def token(self) -> str: ...

    def drop(self, token: str) -> None:
        """Forget that token, because the server no longer knows it."""
        ...


@dataclass(slots=True)
class _Held:
    token: str = field(repr=False)
    seconds: int
    is_renewable: bool
    look_again_at: float
    expires_at: float


class AppRoleIdentity:
    """The process's own identity. Its token is renewed in use, by whoever comes first: no thread watches it."""

    key = ""

    def __init__(
        self, server: Server, credentials: Path, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._server = server
        self._credentials = credentials
        self._clock = clock
        self._held: _Held | None = None
        self._attempt = SharedAttempt()

    def token(self) -> str:
        """The token, signed in or renewed if it is time."""
        held = self._held
        if held is None or self._clock() >= held.look_again_at:
            held = self._attempt.run(self._renewed)
        return held.token

    def drop(self, token: str) -> None:
        """Sign in again at the next use."""
        held = self._held
        if held is not None and held.token == token:
            self._held = None

    def _renewed(self) -> _Held:
        held = self._held
        if held is not None and self._clock() < held.look_again_at:
            return held
        if held is None or self._clock() >= held.expires_at or not held.is_renewable:
            return self._keep(self._server.log_in(self._credentials))
        try:
            grant = self._server.renew(held.token)
        except VaultUnavailable:
            held.look_again_at = min(self._clock() + _RETRY_SECONDS, held.expires_at)
            return held
        except (AccessDenied, VaultRefused):
            return self._keep(self._server.log_in(self._credentials))
        if grant.seconds < held.seconds / 2:  # the maximum is near: renewing no longer helps
            grant = self._server.log_in(self._credentials)
        return self._keep(grant)

    def _keep(self, grant: Grant) -> _Held:
        now = self._clock()
        self._held = _Held(
            grant.token,
            grant.seconds,
            grant.is_renewable,
            look_again_at=now + grant.seconds * _RENEW_AFTER,
            expires_at=now + grant.seconds * _DROP_AFTER,
        )
        return self._held


class MunicipalityIdentity:
    """A token that reads one municipality, taken through its token role when first needed and never renewed."""

    def __init__(
        self, server: Server, platform: Identity, key: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._server = server
        self._platform = platform
        self.key = key
        self._clock = clock
        self._held: _Held | None = None
        self._attempt = SharedAttempt()

    def token(self) -> str:
        """The token, a new one if the last is about to expire."""
        held = self._held
        if held is None or self._clock() >= held.expires_at:
            held = self._attempt.run(self._taken)
        return held.token

    def drop(self, token: str) -> None:
        """Take a new one at the next use."""
        held = self._held
        if held is not None and held.token == token:
            self._held = None

    def _taken(self) -> _Held:
        held = self._held
        if held is not None and self._clock() < held.expires_at:
            return held
        grant = with_live_token(
            self._server, self._platform, lambda token: self._server.take(token, self.key)
        )
        until = self._clock() + grant.seconds * _DROP_AFTER
        self._held = _Held(
            grant.token, grant.seconds, is_renewable=False, look_again_at=until, expires_at=until
        )
        return self._held


def with_live_token(server: Server, identity: Identity, call: Callable[[str], T]) -> T:
    """Call with the identity's token; if that token turns out dead, once more with a new one.

    The server gives the same answer to a dead token and to a forbidden path; only asking about the token tells.
    """
    token = identity.token()
    try:
        return call(token)
    except AccessDenied:
        if _is_alive(server, token, key=identity.key):
            raise
    identity.drop(token)
    return call(identity.token())


def ask_as(server: Server, identity: Identity, operation: str, path: str, call: Callable[[Any], T]) -> T:
    """`Server.ask` with a live token of that identity."""
    return with_live_token(server, identity, lambda token: server.ask(operation, path, call, token=token))


def _is_alive(server: Server, token: str, *, key: str) -> bool:
    try:
        server.look_up(token, key=key)
    except AccessDenied:
        return False
    return True
