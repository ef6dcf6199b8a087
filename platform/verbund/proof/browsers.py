# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the platform as a browser or a program does, through the whole way of a request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler

from verbund.kernel.probes import Ask, Upload

_SIGN_IN = "/konto/anmelden/"
_FACTOR = "/konto/zweiter-faktor/noetig/"
_REFUSED = frozenset({401, 403, 404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 4


@dataclass(frozen=True)
class Answer:
    """What came back: of a followed answer the last, with the text of all on the way."""

    status: int
    path: str
    text: str
    request_ids: tuple[str, ...] = ()
    body: bytes = field(default=b"", repr=False)

    @property
    def is_sent_to_sign_in(self) -> bool:
        return self.status in _REDIRECTS and self.path.startswith((_SIGN_IN, _FACTOR))

    @property
    def is_refused(self) -> bool:
        return self.status in _REFUSED or self.is_sent_to_sign_in

    @property
    def in_short(self) -> str:
        return f"{self.status} {self.path}"


@cache
def _handler() -> ClientHandler:
    """The whole way of a request, built once as a server does."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


class Browser:
    """One browser or program on one host."""

    def __init__(self, host: str, *, session: str = "", token: str = "") -> None:
        headers: dict[str, Any] = {"HTTP_HOST": host}
        if token:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        self.client = Client(raise_request_exception=False, **headers)
        self.client.handler = _handler()
        if session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session

    def ask(self, method: str, ask: Ask, *, follow: bool, without: str = "") -> Answer:
        """Send the request; every ``without`` in it is replaced, so that an echo is not taken for a leak."""
        path = _replaced(ask.path, without)
        response = self._send(method, path, ask, without)
        texts, identifiers = [_text(response)], [response.headers.get("X-Request-ID", "")]
        path = urlsplit(path).path
        for _redirect in range(_MOST_REDIRECTS):
            if response.status_code not in _REDIRECTS:
                break
            path = urlsplit(response["Location"]).path or path
            if not follow or path.startswith((_SIGN_IN, _FACTOR)):
                break
            response = self.client.get(response["Location"], secure=True)
            texts.append(_text(response))
            identifiers.append(response.headers.get("X-Request-ID", ""))
        return Answer(
            response.status_code, path, "\n".join(texts), tuple(filter(None, identifiers)), _body(response)
        )

    def _send(self, method: str, path: str, ask: Ask, without: str) -> Any:
        extra: dict[str, Any] = {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in ask.headers.items()
        }
        if method == "GET":
            return self.client.get(path, secure=True, **extra)
        data = _ready(ask.data, without)
        if ask.is_json or method in {"PUT", "PATCH", "DELETE"}:
            return self.client.generic(
                method, path, json.dumps(data), content_type="application/json", secure=True, **extra
            )
        return self.client.post(path, data, secure=True, **extra)


def _ready(data: Mapping[str, Any], without: str) -> dict[str, Any]:
    return {name: _value(value, without) for name, value in data.items()}


def _value(value: Any, without: str) -> Any:
    if isinstance(value, Upload):
        return SimpleUploadedFile(value.name, value.content, value.media_type)
    if isinstance(value, list):
        return [_value(item, without) for item in value]
    return _replaced(value, without) if isinstance(value, str) else value


def _replaced(text: str, word: str) -> str:
    return re.sub(re.escape(word), "Nachweis", text, flags=re.IGNORECASE) if word else text


def _body(response: Any) -> bytes:
    if response.streaming:
        return getattr(response, "_verbund_read", b"")
    return bytes(response.content)


def _text(response: Any) -> str:
    """Headers, cookies and body as one text."""
    if response.streaming:
        response._verbund_read = b"".join(response.streaming_content)  # noqa: SLF001 (a stream can be read once)
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = "\n".join(str(cookie) for cookie in response.cookies.values())
    return "\n".join([head, cookies, _body(response).decode("utf-8", errors="replace")])
