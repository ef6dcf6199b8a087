# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything the installation keeps at rest, as bytes to search, and the disguises a text may lie there in."""

from __future__ import annotations

import base64
import binascii
import os
import re
import subprocess
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus

import redis
from psycopg.conninfo import conninfo_to_dict

from tests.system.demo import Demo
from tests.system.vault import Vault

# What Django signs it compresses first where that is shorter: zlib's header in base64 begins so.
_COMPRESSED = re.compile(rb"eJ[A-Za-z0-9_-]{20,}")
# Databases and logs of changes are files of a fixed size, mostly empty.
_EMPTY = re.compile(rb"\0{4096,}")


def disguises(text: str) -> set[bytes]:
    """The text as it may lie around: plain, hex, quoted, and inside of base64 at each of three positions."""
    raw = text.encode()
    found = {raw, raw.lower(), raw.upper(), raw.hex().encode(), raw.hex().upper().encode()}
    found |= {raw.decode("latin-1").encode("utf-16-le"), quote(text).encode(), quote_plus(text).encode()}
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        # Its first and last letters also depend on the neighbours.
        inner = encoded[4 if shift else 0 : len(encoded) - 4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def traces_of(canaries: dict[str, str], places: Iterator[tuple[str, bytes]]) -> set[tuple[str, str]]:
    """(canary, place) for each that lies somewhere."""
    wanted = {name: disguises(text) for name, text in canaries.items()}
    found = set()
    for place, content in places:
        for part in (content, *_unpacked(content)):
            found |= {
                (name, place) for name, forms in wanted.items() if any(_lies_in(form, part) for form in forms)
            }
    return found


def _lies_in(form: bytes, content: bytes) -> bool:
    """Digits count only where no other digits touch them: coordinates and hashes hold any ten digits by chance."""
    if not form.isdigit():
        return form in content
    at = content.find(form)
    while at >= 0:
        if not content[at - 1 : at].isdigit() and not content[at + len(form) : at + len(form) + 1].isdigit():
            return True
        at = content.find(form, at + 1)
    return False


def _unpacked(content: bytes) -> Iterator[bytes]:
    for packed in set(_COMPRESSED.findall(content)):
        try:
            padded = packed + b"=" * (-len(packed) % 4)
            yield zlib.decompressobj().decompress(base64.urlsafe_b64decode(padded))
        except (zlib.error, binascii.Error):
            continue


def dump(demo: Demo) -> bytes:
    """A plain pg_dump of the whole database."""
    parts = conninfo_to_dict(demo.superuser_dsn())
    program = Path(demo.child("postgres").exe()).with_name("pg_dump")
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname"}
    environment = {name: str(parts[part]) for name, part in names.items()}
    done = subprocess.run(
        [str(program)], env={"PATH": os.defpath, **environment}, capture_output=True, check=True, timeout=60
    )
    return done.stdout


def files(demo: Demo) -> Iterator[tuple[str, bytes]]:
    """All files of the data folder and what the console showed.

    Not the mail sink's mails, which have left us, and not the style sheets and scripts everybody gets.
    """
    yield "console", demo.output.read_bytes()
    for path in sorted(demo.data.rglob("*")):
        name = path.relative_to(demo.data)
        if path.is_file() and name.parts[0] not in {"mail", "static"}:
            yield str(name), _EMPTY.sub(b"", path.read_bytes())


def command_lines(demo: Demo) -> bytes:
    return "\n".join(" ".join(process.cmdline()) for process in demo.processes()).encode()


def broker(demo: Demo) -> redis.Redis:
    port = int(demo.child("web").environ()["VERBUND_VALKEY_URL"].rpartition(":")[2].partition("/")[0])
    password = Vault.sign_in(demo, "platform").read("association/valkey")["password"]
    return redis.Redis(port=port, password=password)


def broker_content(connection: redis.Redis) -> bytes:
    """Every key with its value, whatever its type."""
    return b"\n".join(key + b" " + (connection.dump(key) or b"") for key in connection.scan_iter())


@contextmanager
def listening(connection: redis.Redis) -> Iterator[list[bytes]]:
    """Every command the broker gets meanwhile: all messages, also those a worker takes at once."""
    heard: list[bytes] = []
    with connection.monitor() as monitor:
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                heard.append(monitor.connection.read_response(disable_decoding=True))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield heard
        finally:
            ended.set()
            connection.echo("end")
            thread.join(timeout=5)
