# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an archive says of itself: where it comes from, what lies in it, and the hash of each part."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from tenants.archive.errors import Damaged, NoArchive

FORMAT: Final = 1
NAME: Final = "manifest.json"
SEQUENCES: Final = "sequences.json"
KEYS: Final = "keys.json"
SECRETS: Final = "secrets.json"
TABLES: Final = "tables/"
FILES: Final = "files/"
READABLE: Final = "readable/"


@dataclass(kw_only=True)
class Manifest:
    """The last entry of an archive. ``entries`` maps each other entry to its size and SHA-256.

    The data part is tables, sequences, readable texts and files: equal data give an equal ``data_sha256``, whoever it is
    sealed for and whatever number, slug or transit key it has. Head and key envelope are the rest.
    """

    format: int = FORMAT
    app_version: str = ""
    made_at: str = ""
    source: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    fingerprint: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    missing_files: list[str] = field(default_factory=list)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    data_sha256: str = ""

    def add(self, name: str, *, size: int, sha256: str) -> None:
        self.entries[name] = {"size": size, "sha256": sha256}

    def digest(self) -> str:
        """The hash of the data part."""
        kept = {
            name: entry
            for name, entry in self.entries.items()
            if name.startswith((TABLES, FILES, READABLE)) or name == SEQUENCES
        }
        return hashlib.sha256(json.dumps([kept, self.tables], sort_keys=True).encode()).hexdigest()

    def rows(self) -> int:
        return sum(int(table["rows"]) for table in self.tables.values())

    def files(self) -> list[str]:
        return sorted(name for name in self.entries if name.startswith(FILES))

    def write(self) -> bytes:
        self.data_sha256 = self.digest()
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, raw: bytes) -> Manifest:
        """Read a manifest.

        Raises:
            NoArchive: of a later format.
            Damaged: it does not hold.
        """
        try:
            values = json.loads(raw)
            if values["format"] != FORMAT:
                raise NoArchive
            found = cls(**values)
            if found.data_sha256 != found.digest():
                raise Damaged
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Damaged from None
        return found
