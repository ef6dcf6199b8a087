# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that wait between being handed over and being taken over, one for each purpose."""

from __future__ import annotations

import zlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.audit.api import record
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.places.models import PendingFile


class NothingWaits(Conflict):
    """Somebody has taken the file over or discarded it meanwhile."""

    code = "nothing_waits"


@transaction.atomic
def keep_upload(*, purpose: str, name: str, content: bytes, by: Actor, at: datetime) -> PendingFile:
    """Keep a file until it is taken over; it replaces one that waits."""
    kept, _is_new = PendingFile.objects.update_or_create(
        purpose=purpose, defaults={"name": name[:120], "content": zlib.compress(content), "uploaded_at": at}
    )
    record(action="places.file.uploaded", subject=f"places.file:{purpose}", by=by, at=at)
    return kept


@transaction.atomic
def discard_upload(*, purpose: str, by: Actor, at: datetime) -> None:
    """Forget the file that waits.

    Raises:
        NothingWaits: there is none any more.
    """
    _waiting(purpose).delete()
    record(action="places.file.discarded", subject=f"places.file:{purpose}", by=by, at=at)


def take_content(purpose: str) -> bytes:
    """The content of the file that waits, which then waits no longer; inside the transaction of what is done with it.

    Raises:
        NothingWaits: there is none any more.
    """
    kept = _waiting(purpose)
    content = content_of(kept)
    kept.delete()
    return content


def pending(purpose: str) -> PendingFile | None:
    """The file that waits."""
    return PendingFile.objects.filter(purpose=purpose).first()


def content_of(kept: PendingFile) -> bytes:
    """The file as it was handed over."""
    return zlib.decompress(bytes(kept.content))


def _waiting(purpose: str) -> PendingFile:
    kept = PendingFile.objects.select_for_update().filter(purpose=purpose).first()
    if kept is None:
        raise NothingWaits(_("Die Datei wartet nicht mehr. Laden Sie sie bei Bedarf noch einmal hoch."))
    return kept
