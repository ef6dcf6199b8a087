# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files whose owner is gone: what was sent with a report that was refused, or outlived a worker that died."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.db import transaction

from verbund.files.api import delete_files
from verbund.files.models import StoredFile
from verbund.kernel.actors import SYSTEM
from verbund.kernel.ports import port

# Whoever sends a report with photos has long ended by then.
GRACE: Final = timedelta(days=1)
_BATCH: Final = 500


class FileOwners(Protocol):
    """The port `FileOwners.<module>`, offered by each module that owns files: those of its owners that are there."""

    def __call__(self, owners: Collection[str]) -> set[str]: ...


def delete_ownerless(*, at: datetime) -> int:
    """Delete what nobody owns any more, with a row in the audit each; returns how many.

    Files of a module that is off, or that does not answer, stay: nobody can say that they are nobody's.
    """
    old = StoredFile.objects.filter(stored_at__lt=at - GRACE)
    owners = list(old.order_by("owner").values_list("owner", flat=True).distinct())
    count = 0
    for begin in range(0, len(owners), _BATCH):
        gone = _gone(owners[begin : begin + _BATCH])
        if gone:
            count += _delete(gone, before=at - GRACE, at=at)
    return count


def _gone(owners: Collection[str]) -> list[str]:
    by_module: dict[str, list[str]] = {}
    for owner in owners:
        by_module.setdefault(owner.partition(".")[0], []).append(owner)
    gone: list[str] = []
    for module, its in by_module.items():
        ask: FileOwners | None = port(f"FileOwners.{module}")  # type: ignore[assignment]  # the spec names such a callable
        if ask is not None:
            there = ask(its)
            gone += [owner for owner in its if owner not in there]
    return gone


@transaction.atomic
def _delete(gone: list[str], *, before: datetime, at: datetime) -> int:
    """By owner and locked: what was given to another owner meanwhile is not among them any more."""
    rows = StoredFile.objects.select_for_update().filter(owner__in=gone, stored_at__lt=before)
    file_ids = [row.pk for row in rows]
    delete_files(file_ids=file_ids, by=SYSTEM, at=at)
    return len(file_ids)
