# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the defects module offers to the packages below it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from verbund.files.models import StoredFile
from verbund.files.visibility import NOBODY, Visibility
from verbund.modules.defects.models import Draft, Report, ReportPhoto
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


def owners_of_files(owners: Collection[str]) -> set[str]:
    """Those of these owners that are there: reports, and drafts somebody is still writing."""
    keys = {owner: owner.partition(":")[2] for owner in owners}
    reports = {owner: int(key) for owner, key in keys.items() if _is(owner, "report") and key.isdecimal()}
    drafts = {owner: draft for owner, key in keys.items() if _is(owner, "draft") and (draft := _uuid(key))}
    known = {
        *Report.objects.filter(pk__in=reports.values()).values_list("pk", flat=True),
        *Draft.objects.filter(pk__in=drafts.values()).values_list("pk", flat=True),
    }
    return {owner for owner, key in [*reports.items(), *drafts.items()] if key in known}


def _is(owner: str, noun: str) -> bool:
    return owner.startswith(f"defects.{noun}:")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
