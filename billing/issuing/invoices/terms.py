# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What both syntaxes of an invoice say alike: ids, codes and amounts of EN 16931 and XRechnung 3.0.2."""

from __future__ import annotations

import re
from decimal import Decimal

from billing.issuing.draft import Draft

#: BT-24 and BT-23.
SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CURRENCY, COUNTRY = "EUR", "DE"
#: Electronic addresses (EAS): Leitweg-ID and e-mail.
LEITWEG, EMAIL = "0204", "EM"
#: UNTDID 4461.
TRANSFER, DIRECT_DEBIT, SET_OFF = "58", "59", "97"
#: UN/ECE Recommendation 20: each line is one amount that was worked out elsewhere.
LUMP_SUM = "LS"

# What XML 1.0 has no way to write (section 2.2, Char), and PostgreSQL keeps all the same.
_UNWRITABLE = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def writable(text: str) -> str:
    """The text with a space for each sign that XML cannot hold, such as those pasted from a terminal; nobody sees them."""
    return _UNWRITABLE.sub(" ", text)


def amount(cents: int) -> str:
    """`1234.50`."""
    return f"{Decimal(cents) / 100:.2f}"


def is_debited(draft: Draft) -> bool:
    """Whether the amount is taken from the member's account: a mandate, the association's own id, and something to take."""
    return bool(
        draft.buyer.mandate and draft.buyer.iban and draft.seller.creditor_id and draft.gross_cents > 0
    )


def payment_note(draft: Draft) -> str:
    """BT-20, in German: how it is paid or given back."""
    due = f"{draft.due_on:%d.%m.%Y}"
    if draft.gross_cents <= 0:
        return "Der Betrag wird mit offenen Forderungen verrechnet oder überwiesen."
    if is_debited(draft):
        return f"Wir buchen den Betrag am {due} von Ihrem Konto ab, Mandat {draft.buyer.mandate}."
    return f"Zahlbar ohne Abzug bis {due}. Bitte geben Sie {draft.number} an."
