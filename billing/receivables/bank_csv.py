# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements as CSV, as banks and accounting programs hand them out: columns found by the names in the first line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.amounts import cents_of
from billing.readable import readable
from billing.receivables.entry import MOST_CENTS, Entry, check_size, reference_of, refused
from verbund.kernel.errors import Invalid

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "booked_on": ("buchungstag", "buchungsdatum", "datum", "valuta"),
    "amount": ("betrag", "betrag (eur)", "umsatz", "betrag in eur"),
    "text": ("verwendungszweck", "buchungstext", "text"),
    "payer": (
        "auftraggeber",
        "name",
        "name zahlungsbeteiligter",
        "beguenstigter/zahlungspflichtiger",
        "zahler",
    ),
    "reference": ("referenz", "umsatz-id", "bankreferenz", "kundenreferenz (end-to-end)"),
}
_NAMES = {"booked_on": "Buchungstag", "amount": "Betrag", "text": "Verwendungszweck"}
_SEPARATORS = ";\t,"
_MOST_COMPLAINTS = 20
_LONGEST = 140


@readable()
def parse(content: bytes) -> tuple[Entry, ...]:
    """UTF-8 or Windows-1252, German amounts and days. Equal lines without a reference are told apart by their order.

    Raises:
        Invalid: a column is missing or a line does not hold; the sentences name line and field, nothing is used.
    """
    check_size(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = text.splitlines()
    if not lines:
        raise refused("file", _("Die Datei ist leer."))
    reader = csv.reader(lines, delimiter=max(_SEPARATORS, key=lines[0].count))
    places = _places(next(reader, []))
    entries: list[Entry] = []
    wrong: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        found = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        booked, cents = _day(found["booked_on"]), cents_of(found["amount"])
        named = {"line": reader.line_num}
        if booked is None:
            wrong[f"{reader.line_num}.booked_on"] = (
                _("Zeile %(line)s, Buchungstag: Erwartet wird TT.MM.JJJJ.") % named
            )
        elif cents is None or abs(cents) > MOST_CENTS:
            wrong[f"{reader.line_num}.amount"] = (
                _("Zeile %(line)s, Betrag: Erwartet wird eine Zahl wie 1.234,50.") % named
            )
        else:
            entries.append(_entry(found, booked, cents, seen))
    if wrong:
        raise Invalid("\n".join(list(wrong.values())[:_MOST_COMPLAINTS]), fields=wrong)
    return tuple(entries)


def _entry(found: Mapping[str, str], booked: date, cents: int, seen: Counter[str]) -> Entry:
    payer, text, given = found.get("payer", ""), found["text"], found.get("reference", "")
    known = f"csv/{given}" if given else reference_of(booked, cents, payer, text)
    seen[known] += 1
    if seen[known] > 1:
        known = reference_of(known, booked, cents, payer, text, seen[known])
    if len(known) > _LONGEST:
        known = reference_of(known)
    return Entry(reference=known, booked_on=booked, cents=cents, payer=payer, text=text)


def _places(header: list[str]) -> dict[str, int]:
    titles = [" ".join(cell.lower().split()) for cell in header]
    places = {
        name: next(place for place, title in enumerate(titles) if title in known)
        for name, known in _COLUMNS.items()
        if any(title in known for title in titles)
    }
    missing = {
        f"1.{name}": _("Zeile 1: Die Spalte „%(column)s“ fehlt. Benennen Sie sie in der ersten Zeile.")
        % {"column": title}
        for name, title in _NAMES.items()
        if name not in places
    }
    if missing:
        raise Invalid("\n".join(missing.values()), fields=missing)
    return places


def _day(text: str) -> date | None:
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return None
