# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""DATEV-Format EXTF 700, Buchungsstapel version 13, as developer.datev.de describes it; without Django.

Windows-1252, CR/LF, semicolons, texts in quotes, decimal comma. A row's date has no year, so one file never goes
beyond a fiscal year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from billing.postings.datev_columns import COLUMNS
from billing.postings.posting import NotExportable, Posting
from verbund.kernel.clock import BERLIN
from verbund.kernel.msgids import gettext_noop

MOST_ROWS: Final = 99_999
_TEXT_LENGTH: Final = 60
_ACCOUNT_LENGTHS: Final = (4, 8)
_COST_LENGTH: Final = 36
_MOST_CENTS: Final = 10**12 - 1
_NUMBER = re.compile(r"[\w$&%*+\-/]{1,36}", re.ASCII)
_ACCOUNT = re.compile(r"[1-9]\d{0,8}")
_TAX_KEY = re.compile(r"\d{0,4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_NAME = re.compile(r"[^\w.\-/ ]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What DATEV's first line asks for. ``consultant`` has 4 to 7 digits, ``client`` 1 to 5; ``chart`` is the Sachkontenrahmen."""

    consultant: str
    client: str
    fiscal_year_starts: date
    account_length: int = 4
    chart: str = ""
    is_final: bool = False
    exported_by: str = ""
    initials: str = ""
    title: str = "Buchungsstapel"
    origin: str = "VB"


def written(postings: Sequence[Posting], *, head: Head, first: date, last: date, at: datetime) -> bytes:
    """The file; equal input gives equal bytes.

    Raises:
        NotExportable: a posting or the head does not fit the format; nothing is cut off silently but texts.
    """
    _check(head, postings, first, last)
    lines = [_head(head, first, last, at), _line(_quoted(name) for name in COLUMNS)]
    lines += [_row(posting) for posting in postings]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252", errors="replace")


def _check(head: Head, postings: Sequence[Posting], first: date, last: date) -> None:
    if not re.fullmatch(r"[1-9]\d{3,6}", head.consultant):
        raise NotExportable(
            "consultant", gettext_noop("Beraternummer: Tragen Sie im Profil 4 bis 7 Ziffern ein.")
        )
    if not re.fullmatch(r"[1-9]\d{0,4}", head.client):
        raise NotExportable(
            "client", gettext_noop("Mandantennummer: Tragen Sie im Profil 1 bis 5 Ziffern ein.")
        )
    if not _ACCOUNT_LENGTHS[0] <= head.account_length <= _ACCOUNT_LENGTHS[1]:
        raise NotExportable(
            "account_length", gettext_noop("Länge der Sachkonten: Möglich sind 4 bis 8 Ziffern.")
        )
    if len(postings) > MOST_ROWS:
        raise NotExportable(
            "period",
            gettext_noop(
                "DATEV nimmt höchstens %(most)s Buchungen je Datei. Wählen Sie einen kürzeren Zeitraum."
            ),
            most=MOST_ROWS,
        )
    start = head.fiscal_year_starts
    if not start <= first <= last < date(start.year + 1, start.month, 1):
        raise NotExportable("period", gettext_noop("Der Zeitraum reicht über das Wirtschaftsjahr hinaus."))


def _head(head: Head, first: date, last: date, at: datetime) -> str:
    moment = at.astimezone(BERLIN)
    return _line(
        (
            _quoted("EXTF"), "700", "21", _quoted("Buchungsstapel"), "13",
            f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03d}", "", _quoted(head.origin[:2]),
            _quoted(_plain(head.exported_by)[:25]), _quoted(""), head.consultant, head.client,
            f"{head.fiscal_year_starts:%Y%m%d}", str(head.account_length), f"{first:%Y%m%d}", f"{last:%Y%m%d}",
            _quoted(_NAME.sub("", head.title)[:30]), _quoted(head.initials), "1", "0", str(int(head.is_final)), _quoted("EUR"),
            "", _quoted(""), "", "", _quoted(head.chart), "", "", _quoted(""), _quoted(""),
        )
    )  # fmt: skip


def _row(posting: Posting) -> str:
    _check_posting(posting)
    cells = dict.fromkeys(range(1, len(COLUMNS) + 1), "")
    cells |= {
        1: amount(abs(posting.cents)),
        2: _quoted("S" if posting.is_debit else "H"),
        3: _quoted("EUR"),
        7: posting.account,
        8: posting.contra_account,
        9: _quoted(posting.tax_key),
        10: f"{posting.issued_on:%d%m}",
        11: _quoted(posting.number),
        14: _quoted(_plain(posting.text)[:_TEXT_LENGTH]),
        37: _quoted(posting.cost_centre or posting.service),
        38: _quoted(posting.member),
        105: _quoted(posting.mandate[:35]),
        117: f"{posting.due_on:%d%m%Y}",
        118: _quoted(""),
    }
    return _line(cells.values())


def _check_posting(posting: Posting) -> None:
    named = {"number": posting.number}
    if not _NUMBER.fullmatch(posting.number):
        raise NotExportable(
            "number",
            gettext_noop(
                "Beleg %(number)s: DATEV nimmt als Belegnummer höchstens 36 Buchstaben, Ziffern und $&%%*+-/."
            ),
            **named,
        )
    for field, account in (("account", posting.account), ("contra_account", posting.contra_account)):
        if not _ACCOUNT.fullmatch(account):
            raise NotExportable(
                field,
                gettext_noop("Beleg %(number)s: „%(account)s“ ist kein Konto (1 bis 9 Ziffern)."),
                account=account,
                **named,
            )
    if not _TAX_KEY.fullmatch(posting.tax_key):
        raise NotExportable(
            "tax_key",
            gettext_noop("Beleg %(number)s: „%(key)s“ ist kein Steuerschlüssel (bis 4 Ziffern)."),
            key=posting.tax_key,
            **named,
        )
    if not 0 < abs(posting.cents) <= _MOST_CENTS:
        raise NotExportable(
            "cents", gettext_noop("Beleg %(number)s: Ein Umsatz von 0 € lässt sich nicht buchen."), **named
        )
    for field, code in (("cost_centre", posting.cost_centre or posting.service), ("member", posting.member)):
        if len(code) > _COST_LENGTH:
            raise NotExportable(
                field,
                gettext_noop(
                    "Beleg %(number)s: „%(code)s“ ist für eine Kostenstelle zu lang (bis 36 Zeichen)."
                ),
                code=code,
                **named,
            )


def amount(cents: int) -> str:
    """`1234,50`: decimal comma, no thousands."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _line(cells: Iterable[str]) -> str:
    return ";".join(cells)
