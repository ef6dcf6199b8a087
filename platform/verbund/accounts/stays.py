# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long somebody of another municipality may stand in here."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from verbund.accounts.models import Person
from verbund.exchange.api import partner, partners
from verbund.kernel.clock import day_of
from verbund.kernel.errors import Invalid

# Long enough for a parental leave; who stays longer is no stand-in.
LONGEST = timedelta(days=365)


def check_stay(home: str, ends_on: date | None, *, at: datetime) -> None:
    """Both or neither, and a day from today to a year from now.

    Raises:
        Invalid: with the field that does not hold.
    """
    if not home.strip() and ends_on is None:
        return
    today = day_of(at)
    if not home.strip():
        raise Invalid(fields={"home": _("Bitte sagen Sie, aus welcher Kommune die Vertretung kommt.")})
    if ends_on is None:
        raise Invalid(fields={"ends_on": _("Bitte nennen Sie den letzten Tag der Vertretung.")})
    if ends_on < today:
        raise Invalid(fields={"ends_on": _("Dieser Tag ist vorbei. Bitte wählen Sie einen künftigen.")})
    if ends_on > today + LONGEST:
        raise Invalid(fields={"ends_on": _("Eine Vertretung dauert höchstens ein Jahr.")})


def homes() -> list[tuple[int, str]]:
    """Number and name of every other member that serves now, by name: where a stand-in may come from."""
    return [(member.number, member.name) for member in partners()]


def name_of_home(number: int | None) -> str:
    """What the member is called; empty for None.

    Raises:
        Invalid: there is no such other member.
    """
    if number is None:
        return ""
    found = partner(number)
    if found is None:
        raise Invalid(fields={"home": _("Diese Kommune ist kein anderes Mitglied. Bitte wählen Sie eine.")})
    return found.name


def stay_of(person: Person) -> dict[str, str]:
    """Home and last day as the audit keeps them; empty for one's own people."""
    return {"home": person.home, "ends_on": person.ends_on.isoformat()} if person.ends_on else {}
