# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Column-mapping profiles: which columns a file has, what stands in each and how it is written; without Django."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from billing.postings.posting import NotExportable, Posting
from verbund.kernel.msgids import gettext_noop

# A text that begins so is run as a formula where somebody opens the file in a spreadsheet.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
CONSTANT: Final = "constant"

SEPARATORS: Final = (";", ",", "\t", "|")
ENCODINGS: Final = ("utf-8-sig", "utf-8", "cp1252", "iso-8859-15")
DAY_FORMATS: Final = {
    "dd.mm.yyyy": "%d.%m.%Y",
    "yyyy-mm-dd": "%Y-%m-%d",
    "yyyymmdd": "%Y%m%d",
    "ddmmyyyy": "%d%m%Y",
}
# How an amount is written: with its sign, without (beside a column S/H), turned round, or as cents.
AMOUNT_FORMATS: Final = ("signed_comma", "signed_point", "absolute_comma", "absolute_point", "cents")
MOST_COLUMNS: Final = 60
_MOST_TEXT: Final = 500

SOURCES: Final[Mapping[str, Callable[[Posting], str | int | date]]] = MappingProxyType(
    {
        "number": lambda p: p.number,
        "kind": lambda p: p.kind,
        "issued_on": lambda p: p.issued_on,
        "due_on": lambda p: p.due_on,
        "account": lambda p: p.account,
        "contra_account": lambda p: p.contra_account,
        "cents": lambda p: p.cents,
        "net_cents": lambda p: p.net_cents,
        "tax_cents": lambda p: p.tax_cents,
        "debit_credit": lambda p: "S" if p.is_debit else "H",
        "tax_key": lambda p: p.tax_key,
        "text": lambda p: p.text,
        "service": lambda p: p.service,
        "cost_centre": lambda p: p.cost_centre,
        "product": lambda p: p.product,
        "member": lambda p: p.member,
        "member_name": lambda p: p.member_name,
        "ars": lambda p: p.ars,
        "regime": lambda p: p.regime,
        "period": lambda p: p.period,
        "reference": lambda p: p.reference,
        "mandate": lambda p: p.mandate,
        "reverses": lambda p: p.reverses,
    }
)
DAY_SOURCES: Final = frozenset({"issued_on", "due_on"})
AMOUNT_SOURCES: Final = frozenset({"cents", "net_cents", "tax_cents"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """``source`` is one of SOURCES, or CONSTANT with the text in ``format``; days and amounts have formats of their own.

    ``format`` of a text is the most characters it may have (cut off), empty for all.
    """

    title: str
    source: str
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """A file: its columns in order and how it is written."""

    columns: tuple[MappedColumn, ...]
    separator: str = ";"
    encoding: str = "utf-8-sig"
    has_header: bool = True


def complaints(mapping: FileMapping) -> dict[str, str]:
    """What is wrong, by field, as texts to be translated; `columns.<place>.<field>` counts from 0."""
    found: dict[str, str] = {}
    if not 1 <= len(mapping.columns) <= MOST_COLUMNS:
        found["columns"] = gettext_noop("Nennen Sie mindestens eine Spalte und höchstens 60.")
    if mapping.separator not in SEPARATORS:
        found["separator"] = gettext_noop("Wählen Sie ein Trennzeichen aus der Liste.")
    if mapping.encoding not in ENCODINGS:
        found["encoding"] = gettext_noop("Wählen Sie einen Zeichensatz aus der Liste.")
    for place, column in enumerate(mapping.columns):
        at = f"columns.{place}"
        if mapping.has_header and not column.title.strip():
            found[f"{at}.title"] = gettext_noop("Die Spalte braucht eine Überschrift.")
        if column.source != CONSTANT and column.source not in SOURCES:
            found[f"{at}.source"] = gettext_noop("Wählen Sie aus der Liste, was in der Spalte steht.")
        elif not _is_format(column):
            found[f"{at}.format"] = _expected(column)
    return found


def _is_format(column: MappedColumn) -> bool:
    if column.source == CONSTANT:
        return len(column.format) <= _MOST_TEXT
    if column.source in DAY_SOURCES:
        return column.format in DAY_FORMATS
    if column.source in AMOUNT_SOURCES:
        return column.format in AMOUNT_FORMATS
    return not column.format or (
        column.format.isascii() and column.format.isdigit() and 0 < int(column.format) <= _MOST_TEXT
    )


def _expected(column: MappedColumn) -> str:
    if column.source in DAY_SOURCES:
        return gettext_noop("Ein Tag wird geschrieben als dd.mm.yyyy, yyyy-mm-dd, yyyymmdd oder ddmmyyyy.")
    if column.source in AMOUNT_SOURCES:
        return gettext_noop(
            "Ein Betrag wird geschrieben als signed_comma, signed_point, absolute_comma, absolute_point oder cents."
        )
    return gettext_noop("Nennen Sie die größte Länge als Zahl von 1 bis 500, oder nichts.")


def written(postings: Iterable[Posting], mapping: FileMapping) -> bytes:
    """The file; equal input gives equal bytes.

    Raises:
        NotExportable: a text has a character that the encoding does not know.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mapping.separator, lineterminator="\r\n")
    if mapping.has_header:
        writer.writerow([_safe(column.title) for column in mapping.columns])
    for posting in postings:
        writer.writerow([cell(posting, column) for column in mapping.columns])
    try:
        return text.getvalue().encode(mapping.encoding)
    except UnicodeEncodeError as error:
        raise NotExportable(
            "encoding",
            gettext_noop(
                "Das Zeichen „%(character)s“ gibt es im Zeichensatz %(encoding)s nicht. Wählen Sie im Profil UTF-8."
            ),
            character=error.object[error.start],
            encoding=mapping.encoding,
        ) from error


def cell(posting: Posting, column: MappedColumn) -> str:
    """What stands in a column; texts cannot become formulas."""
    if column.source == CONSTANT:
        return _safe(column.format)
    value = SOURCES[column.source](posting)
    if isinstance(value, date):
        return value.strftime(DAY_FORMATS[column.format])
    if isinstance(value, int):
        return _amount(value, column.format)
    return _safe(value[: int(column.format)] if column.format else value)


def _amount(cents: int, form: str) -> str:
    if form == "cents":
        return str(cents)
    sign = "-" if cents < 0 and form.startswith("signed") else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}{',' if form.endswith('comma') else '.'}{rest:02d}"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
