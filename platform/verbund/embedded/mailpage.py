# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mail sink's web page and JSON interface, for the machine it runs on only."""

from __future__ import annotations

import json
import re
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from typing_extensions import override

if TYPE_CHECKING:
    from verbund.embedded.mailstore import MailStore

_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_TAG: Final = re.compile(r"<(?:style|script).*?</(?:style|script)>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_STYLE: Final = """\
body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#171a2b;background:#fff}
article{border:1px solid #646778;border-radius:.25rem;padding:1rem;margin:1rem 0}
h2{font-size:1.125rem;margin:0 0 .5rem}dl{display:grid;grid-template-columns:auto 1fr;gap:0 1rem;margin:0}
dd{margin:0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:1rem 0 0}"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def web_server(store: MailStore, *, host: str, port: int) -> ThreadingHTTPServer:
    """Make the server; it serves until it is shut down."""
    handler = type("BoundMailPage", (MailPage,), {"store": store})
    return ThreadingHTTPServer((host, port), handler)


class MailPage(BaseHTTPRequestHandler):
    """Answers GET and DELETE; anything else is refused by the base class."""

    store: ClassVar[MailStore]
    server_version = "VerbundMail"
    sys_version = ""

    def do_GET(self) -> None:
        """Show the page, the list, one mail, or that the server is alive."""
        path = urlsplit(self.path).path
        if not self._is_local():
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", "Nur von diesem Rechner aus.")
        elif path == "/":
            self._answer(HTTPStatus.OK, "text/html", _page(self.store.all()))
        elif path == "/api/messages":
            self._answer_json(self.store.all())
        elif path.startswith("/api/messages/"):
            mail = self.store.get(path.removeprefix("/api/messages/"))
            self._answer_json(mail, HTTPStatus.OK if mail else HTTPStatus.NOT_FOUND)
        elif path == "/healthz":
            self._answer(HTTPStatus.OK, "text/plain", "ok")
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "Nicht gefunden.")

    def do_DELETE(self) -> None:
        """Delete all mails."""
        if not self._is_local():
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", "Nur von diesem Rechner aus.")
        elif urlsplit(self.path).path == "/api/messages":
            self.store.clear()
            self._answer(HTTPStatus.NO_CONTENT, "text/plain", "")
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "Nicht gefunden.")

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log no requests."""

    def _is_local(self) -> bool:
        """Refuse foreign host names: a web site could point one at this machine and read password links."""
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        return host in {"127.0.0.1", "::1", "localhost"} or host.endswith(".localhost")

    def _answer_json(self, value: object, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, "application/json", json.dumps(value, ensure_ascii=False))

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def _page(mails: list[dict[str, object]]) -> str:
    articles = "".join(_article(mail) for mail in mails) or "<p>Noch keine Nachrichten.</p>"
    return (
        '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Nachrichten</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>Nachrichten</h1>{articles}</main></body></html>"
    )


def _article(mail: dict[str, object]) -> str:
    recipients = mail["to"]
    to = ", ".join(map(str, recipients)) if isinstance(recipients, list) else ""
    text = str(mail["text"]) or _TAG.sub(" ", str(mail["html"]))
    fields = "".join(
        f"<dt>{name}</dt><dd>{escape(str(value))}</dd>"
        for name, value in (("Von", mail["from"]), ("An", to), ("Datum", mail["date"]))
    )
    subject = escape(str(mail["subject"])) or "(ohne Betreff)"
    return f"<article><h2>{subject}</h2><dl>{fields}</dl><pre>{_with_links(text)}</pre></article>"


def _with_links(text: str) -> str:
    parts, end = [], 0
    for match in _LINK.finditer(text):
        link = escape(match[0])
        parts += [escape(text[end : match.start()]), f'<a href="{link}" rel="noreferrer">{link}</a>']
        end = match.end()
    return "".join([*parts, escape(text[end:])])
