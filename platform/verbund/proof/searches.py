# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one scope made is found in no other: tables, cache, Valkey, files, log lines, mail."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from typing_extensions import override

from verbund.files.models import StoredFile
from verbund.kernel.context import Municipality
from verbund.notify.models import Outbox
from verbund.proof.ledger import Ledger
from verbund.proof.stages import Party
from verbund.vault.references import resolve

TABLES, CACHE, BROKER, FILES, LOGS, MAIL = (
    "canaries.tables", "canaries.cache", "canaries.broker", "canaries.files", "canaries.logs", "canaries.mail",
)  # fmt: skip


class Lines(logging.Handler):
    """Keeps every log line as the installation would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def log_lines() -> Iterator[list[str]]:
    """Collect the lines of the block, in the installation's own form, instead of writing them out."""
    root = logging.getLogger()
    collected, before = Lines(), root.handlers[:]
    if before and before[0].formatter is not None:
        collected.setFormatter(before[0].formatter)
    root.handlers = [collected]
    try:
        yield collected.lines
    finally:
        root.handlers = before


def search_everything(parties: tuple[Party, ...], lines: list[str], ledger: Ledger) -> None:
    """Look for each party's marks wherever the others keep or write something."""
    for place in parties:
        for other in parties:
            if other is not place:
                _search_tables(place, other, ledger)
                _search_mail(place, other, ledger)
        _search_files(place, parties, ledger)
    _search_cache(parties, ledger)
    _search_valkey(parties, ledger)
    _search_lines(parties, lines, ledger)


def _marks(party: Party) -> list[str]:
    return [party.canary.lower(), *(secret.lower() for secret in party.secrets)]


def _search_tables(place: Party, other: Party, ledger: Ledger) -> None:
    with place.enter(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {name} AS r WHERE strpos(lower(r::text), %s) > 0",  # noqa: S608 (a quoted name of the catalogue)
                [other.canary.lower()],
            )
            found = cursor.fetchone()[0]
            seen = f"{found} Zeilen mit der Markierung von {other.key}"
            ledger.expect(TABLES, f"{place.key}.{table}", seen, ok=not found)
            own = [place.canary.lower()]
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {name} AS r WHERE strpos(lower(r::text), %s) > 0)",  # noqa: S608 (see above)
                own,
            )
            if cursor.fetchone()[0]:
                ledger.succeeded(TABLES)


def _search_mail(place: Party, other: Party, ledger: Ledger) -> None:
    """Mails are sealed in their table, so they are read as they would be sent."""
    with place.enter():
        for mail in Outbox.objects.order_by("pk"):
            text = "\n".join([mail.recipient or "", mail.subject or "", mail.text or "", mail.html or ""])
            foreign = [mark for mark in _marks(other) if mark in text.lower()]
            host = f"//{other.host}" in text or f"//{other.host}:" in text
            ok = not foreign and not host
            seen = f"nennt {other.key}: {'Markierung' if foreign else 'Adresse'}"
            ledger.expect(MAIL, f"{place.key} E-Mail {mail.pk} ({mail.kind})", seen, ok=ok)
            if place.canary.lower() in text.lower() or f"//{place.host}" in text:
                ledger.succeeded(MAIL)


def _search_files(place: Party, parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Each file lies in its municipality's folder, and no other has one of that name or with others' marks."""
    if not isinstance(place.scope, Municipality):
        return
    with place.enter():
        names = [str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)]
    root = Path(settings.MEDIA_ROOT)
    paths = [path for path in root.rglob("*") if path.is_file()]
    for name in names:
        found = [path for path in paths if path.name.startswith(name)]
        foreign = [path for path in found if path.relative_to(root).parts[0] != place.key]
        ledger.expect(FILES, f"{place.key} Datei {name}", f"liegt auch in {foreign}", ok=not foreign)
        if not found:
            ledger.failed(FILES, f"{place.key} Datei {name}", "liegt nirgends")
        else:
            ledger.succeeded(FILES)
    marks = [mark for other in parties if other is not place for mark in _marks(other)]
    for path in (root / place.key).rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            foreign_marks = any(mark.encode() in content for mark in marks)
            ledger.expect(
                FILES, str(path.relative_to(root)), "enthält fremde Markierung", ok=not foreign_marks
            )


def _search_cache(parties: tuple[Party, ...], ledger: Ledger) -> None:
    """Every key begins with the key of its scope, and its value holds nobody else's mark."""
    for alias in settings.CACHES:
        cache: Any = caches[alias]
        for key, value in dict(getattr(cache, "_cache", {})).items():
            _judge(CACHE, f"{alias}: {key}", _as_text(value), parties, ledger)
    for place in parties:
        with place.enter():
            caches["default"].set("nachweis", place.canary, 600)
    for place in parties:
        with place.enter():
            seen = caches["default"].get("nachweis")
            ledger.expect(CACHE, f"derselbe Name in {place.key}", f"liest {seen}", ok=seen == place.canary)
            if seen == place.canary:
                ledger.succeeded(CACHE)


def _search_valkey(parties: tuple[Party, ...], ledger: Ledger) -> None:
    url = settings.VERBUND.valkey_url
    parts = urlsplit(url)
    client = redis.Redis(
        host=parts.hostname or "",
        port=parts.port or 6379,
        db=int(parts.path.strip("/") or 0),
        password=resolve("vault:association/valkey#password"),
    )
    for raw in client.scan_iter(count=1000):
        key = raw.decode(errors="replace")
        for text in _values(client, raw):
            _judge(BROKER, f"{key} {text}", text, parties, ledger)
    client.close()


def _values(client: Any, key: bytes) -> Iterator[str]:
    kind = client.type(key)
    if kind == b"list":
        yield from (item.decode(errors="replace") for item in client.lrange(key, 0, -1))
    elif kind == b"hash":
        yield from (str(item) for item in client.hgetall(key).items())
    elif kind == b"set":
        yield from (item.decode(errors="replace") for item in client.smembers(key))
    elif kind == b"zset":
        yield from (item.decode(errors="replace") for item in client.zrange(key, 0, -1))
    elif kind == b"string":
        yield (client.get(key) or b"").decode(errors="replace")


def _judge(trial: str, subject: str, text: str, parties: tuple[Party, ...], ledger: Ledger) -> None:
    """A mark may only stand beside the key of the scope it belongs to."""
    foreign = [
        party.key
        for party in parties
        if party.key not in subject and any(mark in text.lower() for mark in _marks(party))
    ]
    ledger.expect(trial, subject[:120], f"enthält Markierungen von {foreign}", ok=not foreign)


def _search_lines(parties: tuple[Party, ...], lines: list[str], ledger: Ledger) -> None:
    """No line of one scope holds another's mark, and no line at all a secret."""
    for line in lines:
        low, scope = line.lower(), _scope_of(line)
        found = [
            party.key
            for party in parties
            if (party.key != scope and party.canary.lower() in low)
            or any(secret.lower() in low for secret in party.secrets)
        ]
        ledger.expect(LOGS, line[:160], f"enthält Markierung oder Geheimnis von {found}", ok=not found)


def _scope_of(line: str) -> str:
    try:
        return str(json.loads(line).get("scope", ""))
    except ValueError:
        return ""


def _as_text(value: Any) -> str:
    """Django's local memory cache keeps pickled values; a mark is looked for in both forms."""
    if isinstance(value, bytes):
        try:
            return f"{pickle.loads(value)!r} {value!r}"  # noqa: S301 (our own process wrote it)
        except Exception:  # noqa: BLE001 (whatever it is, it is searched as it stands)
            return repr(value)
    return repr(value)
