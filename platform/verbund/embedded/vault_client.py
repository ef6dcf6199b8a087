# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A few calls to OpenBao for the set-up, straight over HTTP: no proxy, no session, one AppRole."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, Self

from verbund.embedded.errors import EmbeddedError
from verbund.embedded.ports import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

# Also a redirect: a node that is not active yet points to the active one, which is itself.
_GOOD: Final = range(200, 300)


class VaultRefusedError(Exception):
    """OpenBao answered with an error, or not at all (status 0)."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the HTTP status."""
        self.status = status
        super().__init__(f"{status} {text}")


class VaultClient:
    """Signs in as an AppRole on entering and gives its token back on leaving."""

    def __init__(self, port: int, credentials: Mapping[str, str]) -> None:
        """Describe the client; ``credentials`` hold role_id and secret_id."""
        self._port = port
        self._credentials = dict(credentials)
        self._token = ""

    def __enter__(self) -> Self:
        """Sign in."""
        answer = self.call("POST", "auth/approle/login", self._credentials)
        self._token = str(answer["auth"]["client_token"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Revoke the token, so that no sign-in of a start lingers."""
        self.call("POST", "auth/token/revoke-self", {})

    def read(self, path: str) -> dict[str, str] | None:
        """Read a secret of the kv engine; None: there is none."""
        try:
            return dict(self.call("GET", f"kv/data/{path}")["data"]["data"])
        except VaultRefusedError as refused:
            if refused.status == http.client.NOT_FOUND:
                return None
            raise EmbeddedError(f"OpenBao gibt {path} nicht heraus ({refused}).") from refused

    def write(self, path: str, secret: Mapping[str, str]) -> None:
        """Write a secret of the kv engine."""
        self.call("POST", f"kv/data/{path}", {"data": dict(secret)})

    def call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Make one request and give the answer's object, empty if there is none.

        Raises:
            VaultRefusedError: any answer but success, or no connection.
        """
        payload = None if body is None else json.dumps(body)
        headers = {"X-Vault-Token": self._token} if self._token else {}
        try:
            with closing(http.client.HTTPConnection(HOST, self._port, timeout=5)) as connection:
                connection.request(method, f"/v1/{path}", payload, headers)
                response = connection.getresponse()
                text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise VaultRefusedError(0, str(error)) from error
        if response.status not in _GOOD:
            raise VaultRefusedError(response.status, text.strip())
        answer: dict[str, Any] = json.loads(text) if text else {}
        return answer
