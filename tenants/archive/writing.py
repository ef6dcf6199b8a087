# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a municipality's archive: everything or no file."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final

from typing_extensions import override

from tenants.archive import container, envelope_part, readable, tables
from tenants.archive.errors import StorageRefused
from tenants.archive.manifest import FILES, FORMAT, KEYS, NAME, SECRETS, SEQUENCES, TABLES, Manifest
from tenants.archive.reading import Archive
from tenants.archive.receivers import Receiver
from tenants.archive.transient import excluded_tables
from tenants.models import Tenant
from verbund.kernel import context, registry
from verbund.kernel.context import Municipality
from verbund.kernel.errors import NotFound
from verbund.kernel.ports import ArchiveFile

_COMPRESSION: Final = 1  # photos do not shrink; texts do at once
_IN_MEMORY: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A whole archive on disk, read again and found right."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def write_archive(
    municipality: Municipality, target: Path, *, receiver: Receiver, at: datetime, is_readable: bool = True
) -> Written:
    """Write, read again and only then give the file its name. Works in every state in which there is a schema.

    ``is_readable`` adds the texts for people; a nightly backup does without.

    Raises:
        StorageRefused: the disk refuses; nothing is left.
    """
    content = receiver.new_content_key()
    head = {"format": FORMAT, "made_at": at.isoformat(), "key": dict(content.head)}
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _whole_or_nothing(target) as (path, file):
            sealer = container.Sealer(file, head=head, secret=content.secret)
            packed = gzip.GzipFile(
                fileobj=_stream(sealer), mode="wb", compresslevel=_COMPRESSION, mtime=0, filename=""
            )
            with packed, tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                _fill(_Writer(tar, Path(target.parent)), municipality, at=at, is_readable=is_readable)
            sealer.finish()
            file.flush()
            os.fsync(file.fileno())
            manifest = Archive(path, content.secret).check()
            digest = _sha256_of(path)
            path.replace(target)
    except OSError as error:
        raise StorageRefused from error
    return Written(target, target.stat().st_size, digest, manifest)


def _fill(writer: _Writer, municipality: Municipality, *, at: datetime, is_readable: bool) -> None:
    manifest = writer.manifest
    manifest.app_version, manifest.made_at = version("verbund"), at.isoformat()
    manifest.source, manifest.fingerprint = _source(municipality)
    manifest.origin = municipality.bound_to
    key, left_out = municipality.key, excluded_tables()
    with tables.snapshot(partial(context.enter, municipality)):
        there = tables.found(key)
        manifest.excluded = {table.name: left_out[table.name] for table in there if table.name in left_out}
        kept = [table for table in there if table.name not in left_out]
        manifest.migrations = envelope_part.applied_migrations()
        for table in kept:
            writer.add_table(table, key)
        sequences = {name: last for table in kept for name, last in table.sequences.items()}
        writer.add_json(SEQUENCES, sequences)
        if is_readable:
            for name, text in readable.texts(kept):
                writer.add_bytes(name, text)
        for part, file in _files(municipality):
            writer.add_file(f"{FILES}{part}/{file.name}", file)
        writer.add_json(KEYS, envelope_part.open_keys(municipality))
        writer.add_json(SECRETS, envelope_part.secrets(municipality))
    writer.finish()


def _files(municipality: Municipality) -> Iterator[tuple[str, ArchiveFile]]:
    for spec in registry.all_specs():
        for part in spec.lifecycle.archive:
            found: Any = registry.load(part.files)
            for file in found(municipality):
                yield part.name, file


def _source(municipality: Municipality) -> tuple[dict[str, Any], str]:
    with context.enter_association():
        tenant = Tenant.objects.get(pk=municipality.number)
        source = {
            "number": tenant.number,
            "slug": tenant.slug,
            "name": tenant.name,
            "kind": str(tenant.kind),
            "ars": tenant.ars,
            "profile": tenant.profile,
            "theme": tenant.theme,
            "hosts": list(municipality.hosts),
            "bodies": [{"ags": body.ags, "ars": body.ars, "name": body.name} for body in municipality.bodies],
            "modules": sorted(municipality.modules),
        }
        return source, tenant.schema_fingerprint


class _Writer:
    """Puts entries into the archive and notes what they are."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self.manifest = Manifest()
        self._tar = tar
        self._folder = folder

    def add_table(self, table: tables.Table, schema: str) -> None:
        """Through a nameless file: a tar wants to know the size first. What identifies people is ciphertext in it."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder)) as spool:
            copied = tables.copy_out(table, schema, _stream(spool))
            size = spool.tell()
            spool.seek(0)
            self._put(f"{TABLES}{table.name}.copy", size, _stream(spool))
        self.manifest.add(f"{TABLES}{table.name}.copy", size=size, sha256=copied.sha256)
        self.manifest.tables[table.name] = {"rows": copied.rows, "columns": list(copied.columns)}

    def add_file(self, name: str, file: ArchiveFile) -> None:
        """A file that went away since the snapshot is noted as missing."""
        try:
            source = file.open()
        except NotFound:
            self.manifest.missing_files.append(name)
            return
        with source:
            size = source.seek(0, io.SEEK_END)
            source.seek(0)
            counted = _Hashing(source)
            self._put(name, size, _stream(counted))
        self.manifest.add(name, size=size, sha256=counted.digest.hexdigest())

    def add_json(self, name: str, value: Any) -> None:
        self.add_bytes(name, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode())

    def add_bytes(self, name: str, content: bytes) -> None:
        self._put(name, len(content), io.BytesIO(content))
        self.manifest.add(name, size=len(content), sha256=hashlib.sha256(content).hexdigest())

    def finish(self) -> None:
        content = self.manifest.write()
        self._put(NAME, len(content), io.BytesIO(content))

    def _put(self, name: str, size: int, source: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, source)


class _Hashing(io.RawIOBase):
    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source = source
        self.digest = hashlib.sha256()

    @override
    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    path = target.with_name(f".{target.name}.part")
    try:
        with container.open_for_us_alone(path) as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def _stream(source: Any) -> IO[bytes]:
    """As the library's types name it: what it really asks for is `read` or `write`."""
    return source  # type: ignore[no-any-return]  # the standard library's streams have no common protocol


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
