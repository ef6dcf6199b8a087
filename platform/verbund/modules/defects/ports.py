# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the defects module offers to the packages below it."""

from __future__ import annotations

from datetime import datetime

from verbund.files.models import StoredFile
from verbund.files.visibility import NOBODY, Visibility
from verbund.kernel.actors import Actor
from verbund.modules.defects.handling import assign_report
from verbund.modules.defects.models import ReportPhoto
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.queries import open_work_of
from verbund.modules.defects.rules import is_public


def file_visibility(file: StoredFile) -> Visibility:
    """A photo is public when its report is and the office released it; until then it is for the office."""
    photo = ReportPhoto.objects.select_related("report", "report__duplicate_of").filter(file=file).first()
    if photo is None:
        return NOBODY
    return Visibility(
        is_public=photo.released_at is not None and is_public(photo.report),
        permission=DefectsPermission.READ,
    )


class DefectsWork:
    """The port `OpenWork`: open reports somebody looks after."""

    def count(self, person_id: int) -> int:
        return open_work_of(person_id).count()

    def reassign(self, *, from_person: int, to_person: int, by: Actor, at: datetime) -> int:
        references = list(open_work_of(from_person).values_list("reference", flat=True))
        for reference in references:
            assign_report(reference=reference, person_id=to_person, by=by, at=at)
        return len(references)


open_work = DefectsWork()
