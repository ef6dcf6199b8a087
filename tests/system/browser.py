# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One visitor of one host without JavaScript: connects to 127.0.0.1, names the host, sends forms with their token."""

from __future__ import annotations

import re
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from typing_extensions import override

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class _From(HTTPAdapter):
    """Connects from that address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    @override
    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, source_address=(self._address, 0))


class Browser:
    """Cookies of one visitor. Redirects are not followed: the answer's own status is what counts."""

    def __init__(self, port: int, host: str, *, address: str = "127.0.0.1") -> None:
        self.host = host
        self._base = f"http://127.0.0.1:{port}"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", _From(address))
        self._session.headers["Host"] = f"{host}:{port}"
        # The server closes a connection that was quiet; a browser would try again, this one would not.
        self._session.headers["Connection"] = "close"
        self._token = ""

    def get(self, path: str) -> requests.Response:
        return self._noted(self._session.get(self._base + path, allow_redirects=False, timeout=30))

    def post(
        self, path: str, values: dict[str, Any] | None = None, *, form: str = "", files: Any = None
    ) -> requests.Response:
        """Send a form; ``form`` is the page it stands on where that is another one."""
        if not self._token:
            self.get(form or path)
        body = {"csrfmiddlewaretoken": self._token, **(values or {})}
        return self._noted(
            self._session.post(self._base + path, data=body, files=files, allow_redirects=False, timeout=30)
        )

    def sign_in(self, account: dict[str, Any]) -> Self:
        answer = self.post("/konto/anmelden/", {"login": account["email"], "password": account["password"]})
        assert answer.status_code == 302, answer.text
        # Signing in changes the token.
        self._token = ""
        return self

    def close(self) -> None:
        self._session.close()

    def _noted(self, answer: requests.Response) -> requests.Response:
        found = _TOKEN.search(answer.text)
        if found:
            self._token = found[1]
        return answer


def path_of(url: str) -> str:
    """The part of an address behind its host."""
    return urlsplit(url).path
