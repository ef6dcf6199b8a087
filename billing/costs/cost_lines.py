# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of costs as it is read: columns found by the first line, and for each line what is wrong with which column."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from billing.amounts import cents_of
from verbund.kernel.errors import Invalid

LARGEST_BYTES = 1024 * 1024
MOST_LINES = 2000
#: Headings by field, the first of each as our own lists write it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "centre": ("kostenstelle", "kst", "cost centre"),
    "month": ("monat", "periode", "month"),
    "cents": ("betrag", "betrag in euro", "amount"),
    "source": ("beleg", "belegnummer", "voucher"),
}
_SEPARATORS = ";\t"
_MONTH = re.compile(r"(?:(20\d\d)-(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[./](20\d\d))(?:-01)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One line of the table, by its number; the header is line 1."""

    number: int
    centre: str
    month: date
    cents: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a line; ``column`` as people know it."""

    number: int
    column: str
    sentence: str


class LinesRefused(Invalid):
    """Nothing of the table is taken; every line that does not hold is named."""

    code = "lines_refused"

    def __init__(self, complaints: list[Complaint]) -> None:
        self.complaints = sorted(complaints, key=lambda one: one.number)
        super().__init__(
            _("Nichts ist eingetragen: %(count)s Zeilen stimmen nicht.")
            % {"count": len({one.number for one in complaints})},
            fields={f"{one.number}.{one.column}": one.sentence for one in self.complaints},
        )


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, otherwise as older Windows programs write.

    Raises:
        Invalid: it is larger than a megabyte.
    """
    if len(content) > LARGEST_BYTES:
        sentence = _("Die Datei ist größer als ein Megabyte. Teilen Sie sie nach Monaten auf.")
        raise Invalid(sentence, fields={"file": sentence})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def parsed(content: str) -> tuple[list[CostLine], list[Complaint]]:
    """Lines that can be read, and what is wrong with the others; empty lines do not count.

    Raises:
        Invalid: there is no line, a column is missing, or there are too many lines.
    """
    text = content.removeprefix("\ufeff").splitlines()
    if not any(line.strip() for line in text):
        raise _unreadable(_("Die Tabelle ist leer. Wählen Sie eine Datei oder fügen Sie die Zeilen ein."))
    if len(text) > MOST_LINES:
        raise _unreadable(
            _("Die Tabelle hat mehr als %(most)s Zeilen. Teilen Sie sie nach Monaten auf.")
            % {"most": MOST_LINES}
        )
    reader = csv.reader(text, delimiter=max(_SEPARATORS, key=text[0].count))
    try:
        return _read(reader, _places(next(reader, [])))
    except csv.Error as error:
        raise _unreadable(
            _("Die Tabelle ist nicht lesbar. Speichern Sie sie als CSV mit Semikolons.")
        ) from error


def titles() -> dict[str, str]:
    """The columns as people know them."""
    return {
        "centre": _("Kostenstelle"),
        "month": _("Monat"),
        "cents": _("Betrag"),
        "source": _("Beleg"),
    }


def _read(reader: Any, places: Mapping[str, int]) -> tuple[list[CostLine], list[Complaint]]:
    lines: list[CostLine] = []
    complaints: list[Complaint] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        given = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        found = _line(reader.line_num, given, complaints)
        if found is not None:
            lines.append(found)
    return lines, complaints


def _line(number: int, given: Mapping[str, str], complaints: list[Complaint]) -> CostLine | None:
    month, cents = _month(given["month"]), cents_of(given["cents"])
    wrong: dict[str, str] = {}
    if not given["centre"]:
        wrong["centre"] = _("Das Kürzel der Kostenstelle fehlt.")
    if month is None:
        wrong["month"] = _("Erwartet wird ein Monat wie 2026-10 oder 10/2026.")
    if cents is None:
        wrong["cents"] = _("Erwartet wird eine Zahl wie 1.234,56.")
    if not given["source"]:
        wrong["source"] = _("Der Beleg fehlt. Er steht später in jeder Herleitung.")
    named = titles()
    complaints.extend(
        Complaint(number=number, column=named[field], sentence=said) for field, said in wrong.items()
    )
    if wrong or month is None or cents is None:
        return None
    return CostLine(number=number, centre=given["centre"], month=month, cents=cents, source=given["source"])


def _places(header: list[str]) -> dict[str, int]:
    found = [" ".join(cell.lower().split()) for cell in header]
    places = {
        name: next(place for place, title in enumerate(found) if title in known)
        for name, known in HEADINGS.items()
        if any(title in known for title in found)
    }
    named = titles()
    missing = [named[name] for name in HEADINGS if name not in places]
    if missing:
        raise _unreadable(
            _("In der ersten Zeile fehlen die Spalten: %(columns)s.") % {"columns": ", ".join(missing)}
        )
    return places


def _month(text: str) -> date | None:
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    return date(int(match[1] or match[4]), int(match[2] or match[3]), 1)


def _unreadable(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"content": sentence})
