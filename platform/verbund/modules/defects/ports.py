# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the defects module offers to the packages below it."""

from __future__ import annotations

from django.db.models import Q

from verbund.files.models import StoredFile
from verbund.files.visibility import NOBODY, Visibility
from verbund.modules.defects.models import ReportPhoto
from verbund.modules.defects.permissions import DefectsPermission
from verbund.modules.defects.rules import is_public


def file_visibility(file: StoredFile) -> Visibility:
    """A photo is public when its report is and the office released it; what it blackened is for the office alone."""
    photo = (
        ReportPhoto.objects.select_related("report", "report__duplicate_of")
        .filter(Q(file=file) | Q(redacted_file=file))
        .first()
    )
    if photo is None:
        return NOBODY
    return Visibility(
        is_public=photo.released_at is not None
        and photo.shown_file_id == file.pk
        and is_public(photo.report),
        permission=DefectsPermission.READ,
    )
