# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A population series as the statistics office hands it out: a table with a key and a number in each line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.readable import readable
from verbund.kernel.errors import Invalid

LARGEST_BYTES = 5 * 1024 * 1024
_MOST_COMPLAINTS = 20
_COLUMNS = {
    "ars": ("ars", "regionalschlüssel", "amtlicher regionalschlüssel", "schlüssel", "schlüsselnummer"),
    "inhabitants": (
        "inhabitants",
        "einwohner",
        "einwohnerzahl",
        "bevölkerung",
        "bevölkerung insgesamt",
        "insgesamt",
    ),
    "name": ("name", "gemeinde", "gemeindename", "gebiet"),
}
_SEPARATORS = ";\t,"
_ARS_LENGTH = 12
# Thousands may be set apart by a dot or a space, also one that does not break.
_NUMBER = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    ars: str
    name: str
    inhabitants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationFile:
    """The municipalities of a file; ``passed_over`` are lines with sums of districts and larger areas."""

    rows: tuple[Row, ...]
    passed_over: int


@readable()
def parse(content: bytes) -> PopulationFile:
    """Read UTF-8 or Windows-1252, columns apart by semicolon, tab or comma, found by the names in the first line.

    Raises:
        Invalid: the file or a line does not hold; the sentences name line and field, and nothing of it is used.
    """
    lines = _text(content).splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ";"
    reader = csv.reader(lines, delimiter=separator)
    places = _places(next(reader, []))
    rows: list[Row] = []
    complaints: dict[str, str] = {}
    passed_over = 0
    seen: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        found = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        key = re.sub(r"\s", "", found["ars"])
        if key.isdecimal() and len(key) < _ARS_LENGTH:
            passed_over += 1
            continue
        wrong = dict(_complaints(reader.line_num, key, found["inhabitants"], seen))
        complaints |= wrong
        if not wrong:
            seen[key] = reader.line_num
            number = int(re.sub(r"\D", "", found["inhabitants"]))
            rows.append(Row(line=reader.line_num, ars=key, name=found.get("name", ""), inhabitants=number))
    if complaints:
        raise _refused(complaints)
    if not rows:
        raise _refused(
            {"file": _("In der Datei steht keine Gemeinde. Wählen Sie die Tabelle mit den Gemeinden.")}
        )
    return PopulationFile(rows=tuple(rows), passed_over=passed_over)


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise _refused({"file": _("Die Datei ist größer als 5 MB. Wählen Sie die Tabelle als CSV.")})
    if b"\0" in content:
        raise _refused({"file": _("Die Datei ist keine CSV-Datei. Speichern Sie die Tabelle als CSV.")})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(header: list[str]) -> dict[str, int]:
    titles = [" ".join(cell.lower().split()) for cell in header]
    places = {
        name: next(place for place, title in enumerate(titles) if title in known)
        for name, known in _COLUMNS.items()
        if any(title in known for title in titles)
    }
    missing = {
        f"1.{name}": _("Zeile 1: Die Spalte „%(column)s“ fehlt. Benennen Sie sie in der ersten Zeile.")
        % {"column": {"ars": "ARS", "inhabitants": "Einwohner"}[name]}
        for name in ("ars", "inhabitants")
        if name not in places
    }
    if missing:
        raise _refused(missing)
    return places


def _complaints(line: int, key: str, number: str, seen: dict[str, int]) -> Iterator[tuple[str, str]]:
    named = {"line": line, "key": key, "number": number}
    if not key.isdecimal() or len(key) != _ARS_LENGTH:
        yield f"{line}.ars", _("Zeile %(line)s, ARS: „%(key)s“ ist kein Schlüssel aus zwölf Ziffern.") % named
    elif key in seen:
        yield (
            f"{line}.ars",
            _("Zeile %(line)s, ARS: „%(key)s“ steht schon in Zeile %(first)s. Streichen Sie eine der beiden.")
            % {**named, "first": seen[key]},
        )
    if not _NUMBER.fullmatch(number):
        yield (
            f"{line}.inhabitants",
            _("Zeile %(line)s, Einwohner: „%(number)s“ ist keine ganze Zahl.") % named,
        )


def _refused(complaints: dict[str, str]) -> Invalid:
    shown = list(complaints.values())[:_MOST_COMPLAINTS]
    more = len(complaints) - len(shown)
    if more:
        shown.append(_("Weitere Fehler: %(count)s.") % {"count": more})
    return Invalid("\n".join(shown), fields=complaints)
