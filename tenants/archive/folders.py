# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where archives lie: what was ordered beside the municipality's files, backups in a folder of their own."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tenants.archive.writing import Written
from tenants.models import ArchiveOrder
from verbund.kernel.context import municipality_key

KEPT: Final = timedelta(days=7)
# Long enough to try a broken download again.
KEPT_AFTER_DOWNLOAD: Final = timedelta(hours=1)


def orders_folder(key: str) -> Path:
    """Below the municipality's files, so that it goes with them."""
    return Path(settings.MEDIA_ROOT) / key / "archives"


def backup_folder(key: str) -> Path:
    root = settings.VERBUND.backup_folder or settings.VERBUND.data / "backups"
    return Path(root) / key


def path_of(order: ArchiveOrder) -> Path:
    return orders_folder(municipality_key(order.tenant_id)) / f"{order.pk}.verbund"


def all_of(key: str) -> tuple[Path, ...]:
    return orders_folder(key), backup_folder(key)


def remove_all_of(key: str) -> None:
    for folder in all_of(key):
        if folder.exists():
            shutil.rmtree(folder)


def note(order: ArchiveOrder, written: Written, *, at: datetime) -> None:
    """Write down what was made, and until when it lies there; the association must be entered."""
    ArchiveOrder.objects.filter(pk=order.pk).update(
        size_bytes=written.size,
        sha256=written.sha256,
        data_sha256=written.manifest.data_sha256,
        rows=written.manifest.rows(),
        files=len(written.manifest.files()),
        made_at=at,
        expires_at=at + KEPT,
    )
