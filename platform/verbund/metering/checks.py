# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the meters: does what was used arrive in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.kernel import clock
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis
from verbund.metering.pusher import waiting_facts

_LATE = timedelta(minutes=10)
_LOST = timedelta(days=1)


def look_at_facts(municipality: Municipality) -> Iterator[Diagnosis]:
    """How many facts wait, and since when."""
    del municipality  # the facts are those of the entered municipality
    found = waiting_facts().aggregate(n=Count("id"), oldest=Min("recorded_at"))
    age = clock.now() - found["oldest"] if found["n"] else timedelta(0)
    if age < _LATE:
        yield Diagnosis(code="facts", level="ok", message=_("Alles, was genutzt wurde, ist gezählt."))
        return
    message = ngettext(
        "%(number)s Vorgang ist noch nicht gezählt. Läuft der Dienst für Aufgaben?",
        "%(number)s Vorgänge sind noch nicht gezählt. Läuft der Dienst für Aufgaben?",
        found["n"],
    )
    yield Diagnosis(
        code="facts_waiting",
        level="error" if age > _LOST else "warning",
        message=message % {"number": found["n"]},
        at=found["oldest"],
    )
