# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django's cache in Valkey for all processes; while Valkey is away each process counts for itself.

What stands here may be lost at any time. Nothing waits for it: a call takes 0.3 s at the very most, and after a
failure nobody asks again for some seconds. It cannot be cleared: the broker's messages lie in the same place.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.credentials import CredentialProvider
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry
from typing_extensions import override

from verbund.kernel.errors import DomainError
from verbund.vault.references import resolve

log = structlog.get_logger(__name__)

# Each for one step on the way: connecting, and an answer.
WAIT_SECONDS = 0.15
PAUSE_SECONDS = 5.0


class Json:
    """What is kept is data: whoever could write to Valkey must not be able to run anything here, as pickles would."""

    def dumps(self, value: object) -> bytes:
        return json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)


class PasswordFromVault(CredentialProvider):
    """Asks for the password when a connection is made, so that no setting holds it."""

    def __init__(self, reference: str) -> None:
        self._reference = reference

    @override
    def get_credentials(self) -> tuple[str]:
        return (resolve(self._reference),)

    def renew(self) -> None:
        """The password was refused: it has changed in Vault since."""
        resolve(self._reference, refresh=True)


class _Pause:
    """One for each server and process: after a failure it is left alone for a while."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def is_over(self) -> bool:
        """Whether the caller may ask; of those who come together after a pause only the first one does."""
        now = time.monotonic()
        if self._until == 0.0:
            return True
        with self._lock:
            if now < self._until:
                return False
            if self._until:
                self._until = now + PAUSE_SECONDS
            return True

    def begin(self) -> None:
        self._until = time.monotonic() + PAUSE_SECONDS

    def end(self) -> None:
        self._until = 0.0


_pauses: dict[str, _Pause] = {}


class SharedCache(BaseCache):
    """A cache of Django: LOCATION is Valkey's address without password, OPTIONS["password"] the reference to it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._credentials = PasswordFromVault(params["OPTIONS"]["password"])
        connecting = {
            "serializer": Json,
            "credential_provider": self._credentials,
            "socket_connect_timeout": WAIT_SECONDS,
            "socket_timeout": WAIT_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        below = {**params, "KEY_FUNCTION": _as_it_is}
        self._shared = RedisCache(server, {**below, "OPTIONS": connecting})
        self._own = LocMemCache(f"own-{server}", {**below, "OPTIONS": {}})
        self._pause = _pauses.setdefault(server, _Pause())

    def _ask(self, question: Callable[[BaseCache], Any]) -> Any:
        if self._pause.is_over():
            try:
                answer = question(self._shared)
            except (RedisError, OSError, DomainError) as error:
                self._pause.begin()
                log.warning("web.shared_cache_away", error=type(error).__name__)
                if isinstance(error, AuthenticationError):
                    self._renew_password()
            else:
                self._pause.end()
                return answer
        return question(self._own)

    def _renew_password(self) -> None:
        try:
            self._credentials.renew()
        except DomainError as error:
            log.warning("web.shared_cache_password", error=type(error).__name__)

    @override
    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(self._ask(lambda cache: cache.add(name, value, timeout)))

    @override
    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        name = self.make_and_validate_key(key, version=version)
        return self._ask(lambda cache: cache.get(name, default))

    @override
    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        name = self.make_and_validate_key(key, version=version)
        self._ask(lambda cache: cache.set(name, value, timeout))

    @override
    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(self._ask(lambda cache: cache.touch(name, timeout)))

    @override
    def delete(self, key: Any, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(self._ask(lambda cache: cache.delete(name)))

    @override
    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        return int(self._ask(lambda cache: cache.incr(name, delta)))

    @override
    def has_key(self, key: Any, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(self._ask(lambda cache: cache.has_key(name)))


def _as_it_is(key: str, _prefix: str, _version: int) -> str:
    return key
