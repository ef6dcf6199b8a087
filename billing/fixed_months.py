# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the database refuses because a month is fixed or two persons are needed, as an answer in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from verbund.kernel.errors import Conflict, DomainError, Forbidden

# As raised by the triggers of billing.closing (migration 0002).
_FIXED, _TOOK_PART, _NEVER_EDITED = "VB001", "VB002", "VB003"


class MonthFixed(Conflict):
    """The month is calculated or later; what would change it is booked as a correction instead."""

    code = "month_fixed"


class TookPart(Forbidden):
    """Whoever calculated, corrected or entered a key, a price or a cost of the month does not approve it."""

    code = "took_part"


@contextmanager
def guarded(field: str) -> Iterator[None]:
    """A transaction whose refusals by triggers become errors that name the field.

    Raises:
        MonthFixed: something would change a month that is calculated already.
        TookPart: the person who approves took part.
        Conflict: what is there is never edited.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        refusal = _refusal(error, field)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: DatabaseError, field: str) -> DomainError | None:
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None)
    month = getattr(getattr(cause, "diag", None), "message_detail", None) or ""
    if state == _FIXED:
        sentence = (
            _(
                "Der Monat %(month)s ist schon berechnet. Wählen Sie einen späteren Monat, nehmen Sie die Berechnung zurück oder buchen Sie eine Berichtigung."
            )
            % {"month": month}
            if month
            else _(
                "Dieser Monat nimmt nichts mehr auf. Buchen Sie es im nächsten offenen Monat als Berichtigung."
            )
        )
        return MonthFixed(sentence, fields={field: sentence})
    if state == _TOOK_PART:
        sentence = _(
            "Sie haben an diesem Monat mitgewirkt. Bitten Sie eine zweite Person, die weder gerechnet noch berichtigt, noch Kosten, Schlüssel oder Preise eingetragen hat."
        )
        return TookPart(sentence, fields={field: sentence})
    if state == _NEVER_EDITED:
        sentence = _("Das wurde inzwischen geändert oder steht fest. Laden Sie die Seite neu.")
        return Conflict(sentence, fields={field: sentence})
    return None
