# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the Doctor asks of the files: does every row have its bytes, and every file its row."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.files import storage
from verbund.files.imaging import SIZES
from verbund.files.models import StoredFile
from verbund.kernel.context import Municipality
from verbund.kernel.ports import Diagnosis

_MOST_SECONDS = 3.0
_UUID_LENGTH = 36
_YOUNG_SECONDS = 3600


def look_at_files(municipality: Municipality) -> Iterator[Diagnosis]:
    """Both directions; with very many files it says how far it came."""
    folder = storage.folder(municipality.key)
    if not folder.is_dir():
        yield Diagnosis(
            code="folder_missing",
            level="error",
            message=_("Die Ablage für Dateien fehlt. Bitte aus der Sicherung zurückholen."),
        )
        return
    until = time.monotonic() + _MOST_SECONDS
    known: set[UUID] = set()
    missing = orphans = 0
    is_complete = True
    for file_id in StoredFile.objects.order_by("pk").values_list("pk", flat=True).iterator():
        known.add(file_id)
        missing += any(not storage.path_of(file_id, size).is_file() for size in SIZES)
        if time.monotonic() > until:
            is_complete = False
            break
    if is_complete:
        for path in folder.glob("*/*.jpg"):
            orphans += _id_of(path.name) not in known and _is_old(path)
            if time.monotonic() > until:
                is_complete = False
                break
    yield from _findings(len(known), missing, orphans, is_complete=is_complete)


def _findings(number: int, missing: int, orphans: int, *, is_complete: bool) -> Iterator[Diagnosis]:
    if missing:
        message = ngettext(
            "%(number)s Datei fehlt auf der Platte. Bitte aus der Sicherung zurückholen.",
            "%(number)s Dateien fehlen auf der Platte. Bitte aus der Sicherung zurückholen.",
            missing,
        )
        yield Diagnosis(code="file_missing", level="error", message=message % {"number": missing})
    if orphans:
        message = ngettext(
            "%(number)s Datei gehört zu keinem Vorgang und kann gelöscht werden.",
            "%(number)s Dateien gehören zu keinem Vorgang und können gelöscht werden.",
            orphans,
        )
        yield Diagnosis(code="file_orphaned", level="warning", message=message % {"number": orphans})
    if not is_complete:
        message = _("Geprüft wurden nur %(number)s Dateien; mehr war in der Zeit nicht zu schaffen.")
        yield Diagnosis(code="not_all", level="ok", message=message % {"number": number})
    elif not missing and not orphans:
        message = ngettext(
            "%(number)s Datei ist vollständig da.", "%(number)s Dateien sind vollständig da.", number
        )
        yield Diagnosis(code="files", level="ok", message=message % {"number": number})


def _is_old(path: Path) -> bool:
    """A younger file may belong to a transaction that has not committed yet; one that is gone is none."""
    try:
        return time.time() - path.stat().st_mtime > _YOUNG_SECONDS
    except OSError:
        return False


def _id_of(name: str) -> UUID | None:
    try:
        return UUID(name[:_UUID_LENGTH])
    except ValueError:
        return None
