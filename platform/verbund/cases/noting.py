# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for colleagues in the timeline of a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.cases.access import locked_case
from verbund.cases.models import TimelineEntry
from verbund.cases.timeline import note_down
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid


@transaction.atomic
def add_note(*, reference: str, text: str, by: Actor, at: datetime) -> None:
    """Leave a word for colleagues; its words stand in no record.

    Raises:
        CaseNotFound, MayNotChange: there is none here for this person, or they may read it only.
        Invalid: nothing was said.
    """
    case = locked_case(reference, by)
    if not text.strip():
        raise Invalid(fields={"text": _("Bitte schreiben Sie eine Notiz.")})
    note_down(case, TimelineEntry.Kind.NOTE, by=by, at=at, text=text)
    audit.record(
        action="cases.case.noted", subject=f"cases.case:{case.pk}", by=by, changes={"note": None}, at=at
    )
