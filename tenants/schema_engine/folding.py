# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says in few statements what pg_dump says in many: the same structure in two thirds of the time.

pg_dump writes a table first and its identity, keys and references later, each as an ALTER TABLE of its own, which
costs the server about as much as the table. Here they stand in CREATE TABLE, in an order that lets a reference find
its table. What is not understood for certain stays as and where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from typing_extensions import override

_NAME = r'(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")'
_TABLE = rf"{_NAME}\.{_NAME}"
_QUOTED_OR_END = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\$\w*\$).*?\1|;", re.DOTALL)

_CREATE = re.compile(rf"CREATE TABLE ({_TABLE}) \(\n(.*)\n\);", re.DOTALL)
_IDENTITY = re.compile(
    rf"ALTER TABLE ({_TABLE}) ALTER COLUMN ({_NAME}) ADD (GENERATED [A-Z ]+ AS IDENTITY \(.*\));", re.DOTALL
)
_KEY = re.compile(rf"ALTER TABLE ONLY ({_TABLE})\n    ADD (CONSTRAINT {_NAME} (?:PRIMARY KEY|UNIQUE) .*);")
# Only what is checked at the end of the transaction: then the order of rows does not matter.
_REFERENCE = re.compile(
    rf"ALTER TABLE ONLY ({_TABLE})\n"
    rf"    ADD (CONSTRAINT {_NAME} FOREIGN KEY \([^)]*\) REFERENCES ({_TABLE})\([^)]*\).* INITIALLY DEFERRED);"
)
_ROWS = re.compile(rf"INSERT INTO ({_TABLE}) ")
_UNUSED_SEQUENCE = re.compile(r"SELECT pg_catalog\.setval\('[^']+', 1, false\);")


@dataclass
class _Table:
    name: str
    lines: list[str]
    references: set[str] = field(default_factory=set)

    def add_identity(self, column: str, identity: str) -> bool:
        """Write it beside its column; whether the column was found."""
        for place, line in enumerate(self.lines):
            if line.startswith(f"    {column} "):
                self.lines[place] = f"{line} {identity}"
                return True
        return False

    @override
    def __str__(self) -> str:
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(self.lines) + "\n);"


def fold(dump: str) -> str:
    """The same structure in fewer statements; unchanged where something stands between the tables."""
    parts = list(statements(dump))
    places = [place for place, part in enumerate(parts) if _CREATE.fullmatch(part)]
    if not places:
        return dump
    first, last = places[0], places[-1]
    if any(not (_CREATE.fullmatch(part) or _IDENTITY.fullmatch(part)) for part in parts[first : last + 1]):
        return dump
    tables = {
        match[1]: _Table(match[1], match[2].split(",\n"))
        for part in parts
        if (match := _CREATE.fullmatch(part))
    }
    filled = {match[1] for part in parts if (match := _ROWS.match(part))}
    rest = [part for part in parts[first:] if not _take(part, tables, filled)]
    try:
        order = list(TopologicalSorter({t.name: t.references for t in tables.values()}).static_order())
    except CycleError:
        return dump
    return "\n\n".join([*parts[:first], *(str(tables[name]) for name in order), *rest]) + "\n"


def statements(text: str) -> Iterator[str]:
    """The statements of a dump, each with its semicolon; those within quotes and bodies do not count."""
    begin = 0
    for token in _QUOTED_OR_END.finditer(text):
        if token[0] == ";":
            yield text[begin : token.end()].strip()
            begin = token.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def _take(part: str, tables: dict[str, _Table], filled: Iterable[str]) -> bool:
    """Put a statement into its table; False leaves it where it is."""
    if _CREATE.fullmatch(part) or _UNUSED_SEQUENCE.fullmatch(part):
        return True
    if match := _IDENTITY.fullmatch(part):
        return tables[match[1]].add_identity(match[2], match[3])
    if match := _KEY.fullmatch(part):
        tables[match[1]].lines.append(f"    {match[2]}")
        return True
    # A pending check of rows would forbid the indexes that come after them.
    if (match := _REFERENCE.fullmatch(part)) and match[1] not in filled:
        table = tables[match[1]]
        table.lines.append(f"    {match[2]}")
        if match[3] != table.name:
            table.references.add(match[3])
        return True
    return False
