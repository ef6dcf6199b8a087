# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes over a list of addresses: what it would change, then the change itself. The list replaces the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from verbund.audit.api import record
from verbund.kernel import context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.sorting import sort_key
from verbund.places.address_files import decoded, read_addresses
from verbund.places.address_rows import AddressList, AddressRow, RowError
from verbund.places.geometry import Bounds, grown
from verbund.places.models import Address, PendingFile
from verbund.places.queries import bounding_box
from verbund.places.streets import house_number_key
from verbund.places.uploads import keep_upload, take_content

_BATCH = 2_000
_MARGIN = 5_000.0  # metres around the municipality's box: shipped outlines are generalised
_SAME = 1e-7  # degrees: a centimetre


class NothingToTake(Conflict):
    """No line of the file is an address of this municipality."""

    code = "nothing_to_take"


class LinesRefused(Conflict):
    """Some lines cannot be read, and nobody has said that the others shall be taken all the same."""

    code = "lines_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did, or would do. ``refused`` lines are left out; up to a hundred mistakes are named."""

    added: int
    changed: int
    kept: int
    removed: int
    passed_over: int = 0
    refused: int = 0
    errors: tuple[RowError, ...] = ()
    is_saved: bool = False


def preview_addresses(content: bytes) -> ImportResult:
    """What importing the file would do.

    Raises:
        BadFile: it cannot be read as a whole.
    """
    read = _read(content)
    return _result(read, _compared(read.rows), is_saved=False)


@transaction.atomic
def upload_addresses(*, name: str, content: bytes, by: Actor, at: datetime) -> PendingFile:
    """Keep a file to look at what it would change.

    Raises:
        BadFile: it cannot be read as a whole.
    """
    decoded(content)
    return keep_upload(purpose=PendingFile.ADDRESSES, name=name, content=content, by=by, at=at)


@transaction.atomic
def import_addresses(*, content: bytes, skip_refused: bool, by: Actor, at: datetime) -> ImportResult:
    """Replace the municipality's addresses by those of the file; its own or the official format.

    Raises:
        BadFile: it cannot be read as a whole. NothingToTake: it holds no address of this municipality.
        LinesRefused: some lines are wrong, and they shall not be left out.
    """
    read = _read(content)
    if not read.rows:
        raise NothingToTake(_("Die Datei enthält keine lesbare Adresse dieser Kommune."))
    if read.error_count and not skip_refused:
        raise LinesRefused(
            _(
                "%(count)d Zeilen sind fehlerhaft. Berichtigen Sie die Datei, oder lassen Sie diese Zeilen weg."
            )
            % {"count": read.error_count}
        )
    return replace_addresses(rows=read.rows, is_demo=False, by=by, at=at, read=read)


@transaction.atomic
def import_uploaded_addresses(*, by: Actor, at: datetime) -> ImportResult:
    """Take over the file that waits, after somebody has seen which of its lines are left out.

    Raises:
        NothingWaits: there is none any more. BadFile, NothingToTake: as import_addresses.
    """
    content = take_content(PendingFile.ADDRESSES)
    return import_addresses(content=content, skip_refused=True, by=by, at=at)


@transaction.atomic
def replace_addresses(
    *, rows: list[AddressRow], is_demo: bool, by: Actor, at: datetime, read: AddressList | None = None
) -> ImportResult:
    """Put these addresses in the place of all others. New keys tell the map to draw its tiles anew."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_address IN SHARE ROW EXCLUSIVE MODE")  # one import at a time
    result = _result(read or AddressList(), _compared(rows), is_saved=True)
    Address.objects.all().delete()
    Address.objects.bulk_create((_address(row, is_demo=is_demo) for row in rows), batch_size=_BATCH)
    record(
        action="places.address.imported",
        subject="places.address:all",
        by=by,
        at=at,
        changes={
            "added": result.added,
            "changed": result.changed,
            "kept": result.kept,
            "removed": result.removed,
            "refused": result.refused,
        },
    )
    return result


def _read(content: bytes) -> AddressList:
    own = {body.ags for body in context.current_municipality().bodies}
    return read_addresses(content, own=own, bounds=_plausible())


def _plausible() -> Bounds | None:
    box = bounding_box()
    return grown(box, _MARGIN) if box is not None else None


def _compared(rows: Iterable[AddressRow]) -> tuple[int, int, int, int]:
    """How many rows are new, stand elsewhere now, are there already, and how many of those there would go."""
    fields = ("street", "house_number", "postal_code", "place", "lat", "lon")
    here = {tuple(values[:4]): values[4:] for values in Address.objects.values_list(*fields).iterator()}
    added = changed = kept = 0
    for row in rows:
        position = here.pop(row.key, None)
        if position is None:
            added += 1
        elif abs(position[0] - row.lat) > _SAME or abs(position[1] - row.lon) > _SAME:
            changed += 1
        else:
            kept += 1
    return added, changed, kept, len(here)


def _result(read: AddressList, counts: tuple[int, int, int, int], *, is_saved: bool) -> ImportResult:
    added, changed, kept, removed = counts
    return ImportResult(
        added=added,
        changed=changed,
        kept=kept,
        removed=removed,
        passed_over=read.passed_over,
        refused=read.error_count,
        errors=tuple(read.errors),
        is_saved=is_saved,
    )


def _address(row: AddressRow, *, is_demo: bool) -> Address:
    return Address(
        street=row.street,
        house_number=row.house_number,
        postal_code=row.postal_code,
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        street_sort_key=sort_key(row.street),
        number_sort_key=house_number_key(row.house_number),
        is_demo=is_demo,
    )
