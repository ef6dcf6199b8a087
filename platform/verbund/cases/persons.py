# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The links to somebody's status page; the cases themselves are found by who they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbund.audit import api as audit
from verbund.cases.models import StatusLink
from verbund.cases.spine import index_of
from verbund.kernel.actors import Actor
from verbund.kernel.ports import HeldRecord


def found(email: str) -> Iterator[HeldRecord]:
    """The links that were sent to the address and are kept."""
    for link in StatusLink.objects.filter(email_index=index_of(email)).order_by("made_at"):
        yield HeldRecord(kind=_("Link zur Statusseite"), at=link.made_at, subject=f"cases.link:{link.pk}")


@transaction.atomic
def erase(email: str, *, by: Actor, at: datetime) -> None:
    """End all of them."""
    links = StatusLink.objects.filter(email_index=index_of(email))
    ended, _rows = links.delete()
    if ended:
        audit.record(
            action="cases.links.person_erased",
            subject="cases.link:",
            by=by,
            changes={"links": ended},
            reason="Antrag auf Löschung",
            at=at,
        )
