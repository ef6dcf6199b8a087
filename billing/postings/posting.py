# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""One line of the accounts, neutral to the program it goes to; without Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a document means for two accounts. ``cents`` are gross and signed: a correction is negative.

    ``account`` is the member's own (Personenkonto), ``contra_account`` that of the income. ``reverses`` is the number of the
    document this one takes back.
    """

    number: str
    kind: str
    issued_on: date
    due_on: date
    account: str
    contra_account: str
    cents: int
    net_cents: int
    tax_cents: int
    tax_key: str = ""
    text: str = ""
    service: str = ""
    cost_centre: str = ""
    product: str = ""
    member: str = ""
    member_name: str = ""
    ars: str = ""
    regime: str = ""
    period: str = ""
    reference: str = ""
    mandate: str = ""
    reverses: str = ""

    @property
    def is_debit(self) -> bool:
        """Whether the member's account is charged (Soll) and not relieved (Haben)."""
        return self.cents >= 0


class NotExportable(Exception):
    """A posting does not fit what the file may hold; ``field`` names what, ``sentence`` with ``values`` says why, to be translated."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        self.field = field
        self.sentence = sentence
        self.values = values
        super().__init__(sentence % values)
