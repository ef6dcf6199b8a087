# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A listing as PDF/A and PDF/UA, in the language of whoever asks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from verbund.documents import pdf
from verbund.documents.listings.listing import NUMBERS, Kind, Listing
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import Invalid

_TEMPLATE: Final = Path(__file__).with_name("listing.typ")
# Beyond that nobody reads it on paper, and typesetting takes more than ten seconds.
MOST_ROWS: Final = 5_000
_MOST_UPRIGHT: Final = 5


def written(listing: Listing, *, issuer: str, at: datetime) -> bytes:
    """The document; upright with few columns, else across. Equal input gives equal bytes.

    Raises:
        Invalid: more rows than anybody reads on paper.
    """
    rows = list(islice(iter(listing.rows), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Invalid(
            _("Für ein PDF ist die Liste zu lang (mehr als %(most)s Zeilen). Wählen Sie CSV oder Excel.")
            % {"most": number_format(MOST_ROWS, use_l10n=True, force_grouping=True)}
        )
    kinds = [column.kind for column in listing.columns]
    values = {
        "lang": get_language() or "de",
        "across": len(listing.columns) > _MOST_UPRIGHT,
        "made": _("Stand: %(at)s") % {"at": _text(at, Kind.MOMENT)},
        "titles": listing.titles,
        "numbers": [kind in NUMBERS for kind in kinds],
        "rows": [[_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows],
        "notes": list(listing.notes),
        "nothing": _("Keine Einträge."),
    }
    return pdf.render(_TEMPLATE, title=listing.title, issuer=issuer, values=values, at=at)


def _text(cell: Any, kind: Kind) -> str:
    if cell is None:
        return ""
    match kind:
        case Kind.WHOLE:
            text = _number(cell, 0)
        case Kind.EURO:
            text = pgettext("Betrag", "%(amount)s\u00a0€") % {"amount": _number(Decimal(cell).scaleb(-2), 2)}
        case Kind.DECIMAL:
            text = _number(cell, None)
        case Kind.DAY:
            text = date_format(cell, "SHORT_DATE_FORMAT")
        case Kind.MOMENT:
            text = date_format(cell.astimezone(BERLIN), "SHORT_DATETIME_FORMAT")
        case Kind.TRUTH:
            text = _("ja") if cell else _("nein")
        case _:
            text = str(cell)
    return text


def _number(value: int | Decimal, digits: int | None) -> str:
    return str(number_format(value, digits, use_l10n=True, force_grouping=True)).replace("-", "\u2212")
