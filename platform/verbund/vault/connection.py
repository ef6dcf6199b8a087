# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speaks to Vault or OpenBao through hvac, and is the only file that knows hvac.

hvac is untyped, waits 30 s by default, and raises three families of exceptions; beyond this file there is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

import hvac
import hvac.exceptions
import requests
import structlog
from prometheus_client import Counter

from verbund.kernel.errors import DomainError
from verbund.vault.breaker import CircuitBreaker
from verbund.vault.errors import (
    AccessDenied,
    CredentialsRefused,
    KeyDestroyed,
    NotSetUpYet,
    SecretMissing,
    VaultRefused,
    VaultSealed,
    VaultUnavailable,
)
from verbund.vault.policies import TOKEN_SECONDS
from verbund.vault.store import TokenFacts

T = TypeVar("T")
log = structlog.get_logger()

# Connect and read; together under the three seconds a caller may have to wait.
TIMEOUT: Final = (0.5, 2.3)
# Asked after a question that failed, perhaps by that time-out: both together have to stay under the three seconds too.
_HEALTH_TIMEOUT: Final = (0.2, 0.4)
_MUNICIPALITY: Final = re.compile(r"(?:^|/)(m_[0-9]{6,})(?=/|$)")
_REQUESTS: Final = Counter(
    "verbund_secret_store_requests", "Requests to the secret store", ["operation", "outcome"]
)

# What is not listed means that the server is of no use now: no connection, time-out, error 500, no leader.
_STATUS: Final[dict[type, type[DomainError]]] = {
    hvac.exceptions.VaultDown: VaultSealed,
    hvac.exceptions.Forbidden: AccessDenied,
    hvac.exceptions.Unauthorized: AccessDenied,
    hvac.exceptions.InvalidPath: SecretMissing,
    hvac.exceptions.ParamValidationError: VaultRefused,
}
# Status 400 has several meanings, told apart by the server's words.
_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "key not found": KeyDestroyed,
    "unknown role": AccessDenied,
    # What a kv engine of version 2 says in the first moments after it was mounted.
    "Upgrading from non-versioned": NotSetUpYet,
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as the server gave it out."""

    token: str = field(repr=False)
    seconds: int
    is_renewable: bool


class Server:
    """One server as one process speaks to it: kept connections, a time-out, a circuit breaker. Safe for threads."""

    def __init__(
        self,
        address: str,
        *,
        breaker: CircuitBreaker | None = None,
        timeout: tuple[float, float] = TIMEOUT,
        has_namespaces: bool = False,
    ) -> None:
        self.address = address
        self.has_namespaces = has_namespaces
        self.breaker = breaker or CircuitBreaker()
        self._timeout = timeout
        self._session = requests.Session()
        # Neither proxies nor ~/.netrc of whoever started us: they would see or change what we send.
        self._session.trust_env = False

    def ask(self, operation: str, path: str, call: Callable[[Any], T], *, token: str) -> T:
        """Run ``call`` with a client that shows ``token``; ``operation`` and ``path`` name it in log and metrics.

        Raises:
            DomainError: one of verbund.vault.errors, without any trace of what was sent.
        """
        self.breaker.admit()
        try:
            answer = call(self._client(token, self._namespace(path)))
        except (hvac.exceptions.VaultError, requests.RequestException) as error:
            failure, reason = _translated(error)
            has_waited = isinstance(error, requests.Timeout)
        else:
            self.breaker.succeeded()
            _REQUESTS.labels(operation, "ok").inc()
            return answer
        # Raised outside of the except block: the library's exception holds the request with its token.
        if isinstance(failure, VaultUnavailable):
            self.breaker.failed(failure, has_waited=has_waited)
        else:
            self.breaker.succeeded()
        _REQUESTS.labels(operation, failure.code).inc()
        log.warning("vault.call_failed", operation=operation, path=path, code=failure.code, reason=reason)
        raise failure

    def log_in(self, credentials: Path) -> Grant:
        """Sign in as the file says; it is read each time, because what it holds or names is renewed now and then."""
        path, proof = _read_credentials(credentials)
        try:
            answer = self.ask("login", path, lambda client: client.write_data(path, data=proof), token="")
        except (VaultRefused, AccessDenied):
            answer = None
        if answer is None:
            raise CredentialsRefused
        return _grant(answer)

    def renew(self, token: str) -> Grant:
        """Make our own token live longer, as far as its maximum allows."""
        return _grant(
            self.ask("renew", "auth/token", lambda client: client.auth.token.renew_self(), token=token)
        )

    def take(self, token: str, role: str) -> Grant:
        """Take a token through a token role."""

        def create(client: Any) -> Any:
            return client.auth.token.create(
                role_name=role,
                ttl=f"{TOKEN_SECONDS}s",
                explicit_max_ttl=f"{TOKEN_SECONDS}s",
                renewable=False,
                display_name=role,
            )

        try:
            answer = self.ask("take_token", f"auth/token/create/{role}", create, token=token)
        except SecretMissing:  # with namespaces: there is none of that name
            answer = None
        if answer is None:
            raise AccessDenied
        return _grant(answer)

    def look_up(self, token: str, *, key: str = "") -> TokenFacts:
        """What the server knows of a token; with the key of the municipality it was taken for.

        Raises:
            AccessDenied: it is no token (any more).
        """
        answer = self.ask(
            "lookup", f"auth/token/{key}", lambda client: client.auth.token.lookup_self(), token=token
        )
        facts = answer["data"]
        return TokenFacts(
            policies=frozenset(facts["policies"]),
            ttl_seconds=int(facts["ttl"]),
            explicit_max_ttl_seconds=int(facts["explicit_max_ttl"]),
            is_renewable=bool(facts.get("renewable")),
            is_orphan=bool(facts["orphan"]),
            request_id=str(answer["request_id"]),
        )

    def says_healthy(self) -> bool:
        """Whether the health page says unsealed and active; asked without a token, past the circuit breaker."""
        try:
            answer = self._session.get(f"{self.address}/v1/sys/health", timeout=_HEALTH_TIMEOUT)
        except requests.RequestException:
            return False
        return answer.status_code == HTTPStatus.OK

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def _namespace(self, path: str) -> str | None:
        """Where each municipality has a namespace of its own: that of the first one named in the path."""
        found = _MUNICIPALITY.search(path) if self.has_namespaces else None
        return found[1] if found is not None else None

    def _client(self, token: str, namespace: str | None) -> Any:
        # One cheap client per call over shared connections: changing a client's token is not atomic.
        return hvac.Client(
            url=self.address, token=token, session=self._session, timeout=self._timeout, namespace=namespace
        )


def _grant(answer: Any) -> Grant:
    auth = answer["auth"]
    return Grant(auth["client_token"], int(auth["lease_duration"]), bool(auth["renewable"]))


def _read_credentials(file: Path) -> tuple[str, dict[str, str]]:
    """Where to sign in and with what: an AppRole, or a token of the surroundings such as Kubernetes'.

    `{"role_id": …, "secret_id": …}`, or `{"mount": "kubernetes", "role": "platform", "jwt_file": "/var/run/…"}`.
    """
    try:
        content = json.loads(file.read_text())
        if "jwt_file" in content:
            token = Path(content["jwt_file"]).read_text().strip()
            return f"auth/{content['mount']}/login", {"role": str(content["role"]), "jwt": token}
        return "auth/approle/login", {
            "role_id": str(content["role_id"]),
            "secret_id": str(content["secret_id"]),
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = type(error).__name__  # the error itself would quote the file's content
    log.error("vault.credentials_unreadable", file=str(file), reason=reason)
    raise CredentialsRefused


def _translated(error: Exception) -> tuple[DomainError, str]:
    """Our error, and what the log may know: the server's own words only where they cannot repeat ours."""
    kind = type(error).__name__
    words = "; ".join(getattr(error, "errors", None) or ())
    if isinstance(error, hvac.exceptions.InvalidRequest):
        return next((ours for part, ours in _REFUSALS.items() if part in words), VaultRefused)(), kind
    known = _STATUS.get(type(error))
    if known is not None:
        return known(), kind
    return VaultUnavailable(), f"{kind}: {words}" if words else kind
