# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Earlier requests of the same person: the evidence that they were answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from verbund.kernel.ports import HeldRecord
from verbund.privacy.persons.models import PersonRequest
from verbund.privacy.persons.requests import index_of

_EVIDENCE = _(
    "Nachweis, dass der Antrag beantwortet wurde (Art. 5 Abs. 2, Art. 17 Abs. 3 Buchst. e DSGVO); drei Jahre nach dem Abschluss."
)


def found(email: str) -> Iterator[HeldRecord]:
    """Open ones and closed ones; of a closed one nothing but its number, kind and outcome is left."""
    for wanted in PersonRequest.objects.filter(email_index=index_of(email)).defer("email"):
        yield HeldRecord(
            kind=_("Antrag zum Datenschutz"),
            reference=wanted.reference,
            at=wanted.case.received_at,
            fields=((_("Art"), wanted.get_kind_display()), (_("Stand"), wanted.get_state_display())),
            subject=f"privacy.request:{wanted.pk}",
            kept_because=_EVIDENCE,
        )
