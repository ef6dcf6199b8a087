# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps that put a municipality back to an earlier day; each may be repeated until the earlier day stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import structlog
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from tenants import directory, turns
from tenants.archive import backups, envelope_part, loading
from tenants.archive.errors import ArchiveRefused, StorageRefused
from tenants.archive.manifest import KEYS, SEQUENCES, Manifest
from tenants.archive.quiet import wait_for_the_last
from tenants.archive.reading import Archive
from tenants.archive.restoring import read_archive
from tenants.database.targets import as_owner
from tenants.models import InPlaceRestoration, Tenant
from tenants.schema_engine import replay, roles
from tenants.schema_engine.artefacts import fingerprint
from tenants.schema_engine.executor import migrate_schema
from tenants.states import State
from tenants.suspension import suspend
from tenants.transitions import locked
from verbund.audit import anchoring, chain, restarts
from verbund.audit.models import AuditOrigin
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.context import Municipality
from verbund.kernel.errors import DomainError
from verbund.kernel.msgids import gettext_noop
from verbund.kernel.ports import StepContext
from verbund.vault.errors import VaultUnavailable
from verbund.vault.models import DataKey

log = structlog.get_logger()
# Steps of packages below this order come before the data are replaced, the others after.
AFTER: Final = 500
_SEQUENCES: Final = """
SELECT relname, pg_sequence_last_value(oid) FROM pg_class
WHERE relkind = 'S' AND relnamespace = to_regnamespace(%s)
"""


class AnotherMember(ArchiveRefused):
    code = "archive_of_another_member"
    message = gettext_noop(
        "Das Archiv stammt von einer anderen Kommune. Nichts wurde verändert; wählen Sie eine Sicherung dieser Kommune."
    )


@dataclass(kw_only=True)
class Work:
    """One restoration in place. The first step of every run fills in archive and manifest."""

    number: int
    pk: int
    path: Path
    by: Actor
    archive: Archive | None = None
    manifest: Manifest | None = None

    @property
    def opened(self) -> tuple[Archive, Manifest]:
        assert self.archive is not None  # noqa: S101 (the first step of every run)
        assert self.manifest is not None  # noqa: S101 (the first step of every run)
        return self.archive, self.manifest

    def row(self) -> InPlaceRestoration:
        with context.enter_association():
            return InPlaceRestoration.objects.get(pk=self.pk)

    def note(self, **values: object) -> None:
        with context.enter_association():
            InPlaceRestoration.objects.filter(pk=self.pk).update(**values)

    def is_over(self) -> bool:
        """Whether the earlier day stands; from then on nothing is put aside or back."""
        return self.row().finished_at is not None

    def is_given_up(self) -> bool:
        """Whether the present day was put back, or nothing was begun and never will be."""
        row = self.row()
        return row.finished_at is not None and (row.is_put_back or row.begun_at is None)

    def municipality(self) -> Municipality:
        with context.enter_association():
            return directory.describe(Tenant.objects.get(pk=self.number))


def read_whole(work: Work) -> None:
    """Open the archive and read all of it, before anything is touched.

    Raises:
        ArchiveRefused: and its kinds; another member's too.
    """
    archive, manifest = read_archive(work.path)
    if manifest.origin != work.municipality().bound_to or manifest.source.get("number") != work.number:
        raise AnotherMember
    work.archive, work.manifest = archive, manifest
    work.note(made_at=manifest.made_at, data_sha256=manifest.data_sha256)


def has_closed(work: Work) -> bool:
    return work.row().begun_at is not None


def close(work: Work) -> None:
    """Stop serving; from here on nobody opens it but the restoration.

    What an earlier restoration left beside it is dropped first: it must not be taken for what stands now.
    """
    roles.drop_replaced(work.municipality().key)
    with context.enter_association(), transaction.atomic():
        tenant = locked(work.number)
        was_active = tenant.state == State.ACTIVE
        reason = _("Die Daten werden auf einen früheren Stand gebracht.")
        suspend(number=work.number, by=work.by, at=clock.now(), reason=reason)
        work.note(
            begun_at=clock.now(), was_active=was_active, left={"fingerprint": tenant.schema_fingerprint}
        )


def is_aside(work: Work) -> bool:
    """Also where nothing stood: what stands there since is what comes in."""
    return "stood" in work.row().left


def keep_present(work: Work) -> None:
    """Back up what stands now, and let packages finish what must not be lost with it.

    What is broken beyond that is no reason to stay broken: the record says that it could not be kept. A full disk or a
    sealed Vault is no such thing, and ends the restoration.

    Raises:
        StillAtWork: somebody who was let in before does not come to an end.
        StorageRefused: there is no room for the backup.
        VaultUnavailable: it cannot be sealed.
    """
    municipality = work.municipality()
    row = work.row()
    wait_for_the_last(municipality.key, closed_at=row.begun_at if row.was_active else None)
    run_turn(work, municipality, is_before=True)
    run = backups.back_up(municipality, at=clock.now())
    if isinstance(run.failure, StorageRefused | VaultUnavailable | OperationalError):
        raise run.failure
    work.note(left=work.row().left | {"is_kept": run.is_ok})


def put_aside(work: Work) -> None:
    """Note how the record ends and whether it holds; then nobody but the owner reaches the data."""
    municipality = work.municipality()
    noted = {"end": asdict(_end_of_record(municipality)), "stood": replay.exists(municipality.key)}
    with context.enter_association(), transaction.atomic():
        work.note(left=work.row().left | noted)
        Tenant.objects.filter(pk=work.number).update(schema_fingerprint="")
        roles.put_aside(municipality.key, roles.replaced_name(municipality.key))


def load(work: Work) -> None:
    """Structure, tables and keys of that day; then newer migrations, and numbers that were given out since stay given."""
    archive, manifest = work.opened
    municipality = work.municipality()
    key = municipality.key
    if not loading.data_are_done(work.number):
        loading.make_scratch(key, manifest)
        keys = _with_later_keys(key, envelope_part.wrapped_again(municipality, archive.json(KEYS)))
        loading.load_tables(key, archive, manifest, keys)
    if manifest.fingerprint != fingerprint():
        migrate_schema(key)
    with as_owner(key):
        AuditOrigin.objects.update_or_create(pk=1, defaults={"name": manifest.origin})
    _advance_sequences(key, archive.json(SEQUENCES))


def load_files(work: Work) -> None:
    """Photos that were deleted since come back; those that are nobody's any more go with the next tidying."""
    loading.load_files(work.number, work.opened[0])


def compare(work: Work) -> None:
    loading.compare(work.number, work.opened[1])
    work.note(left=work.row().left | {"is_compared": True})


def is_compared(work: Work) -> bool:
    """From then on packages change the data: it is neither read in nor compared again."""
    return bool(work.row().left.get("is_compared"))


def run_turn(work: Work, municipality: Municipality, *, is_before: bool) -> None:
    """Let packages do what they registered for `restore`, on one side of the replacing."""
    step = StepContext(municipality=municipality, at=clock.now(), requested_by=work.by.acting_for)
    for each in turns.in_order(lambda lifecycle: lifecycle.restore):
        if (each.order < AFTER) == is_before:
            try:
                if not turns.call(each.check, step):
                    turns.call(each.do, step)
            except (DatabaseError, DomainError):
                if not is_before:
                    raise
                log.exception("tenants.restore_step_failed", key=municipality.key, step=each.name)


def _end_of_record(municipality: Municipality) -> restarts.End:
    """A broken schema is what a restoration is for: then the record says that nobody knows."""
    try:
        with context.enter(municipality):
            end = restarts.end_of_chain()
            broken = chain.verify() or anchoring.compare(anchoring.kept(municipality.key))
    except DatabaseError:
        return restarts.End(state=restarts.UNKNOWN)
    return restarts.End(
        position=end.position, hash=end.hash, state=broken.reason if broken else restarts.INTACT
    )


def _with_later_keys(key: str, keys: list[DataKey]) -> list[DataKey]:
    """Data keys made since then stay, retired: a process may hold one for minutes and seal with it."""
    known = {(row.kind, row.version) for row in keys}
    if not roles.is_replaced(key):
        return keys
    try:
        with as_owner(roles.replaced_name(key)):
            later = [row for row in DataKey.objects.order_by("pk") if (row.kind, row.version) not in known]
    except DatabaseError:
        log.exception("tenants.restore_keys_unread", key=key)
        return keys
    free = max((row.pk for row in keys), default=0)
    for place, row in enumerate(later, start=1):
        row.pk, row.retired_at = free + place, row.retired_at or clock.now()
    return [*keys, *later]


def _advance_sequences(key: str, archived: dict[str, int | None]) -> None:
    """What was numbered since and has left the house (a fact in the ledger, a link in a mail) is nobody else's."""
    with as_owner(roles.NOWHERE), connection.cursor() as cursor:
        cursor.execute(_SEQUENCES, [roles.replaced_name(key)])
        reached = dict(cursor.fetchall())
    with as_owner(key), connection.cursor() as cursor:
        cursor.execute(_SEQUENCES, [key])
        now = dict(cursor.fetchall())
        for name, last in reached.items():
            if last is not None and last > max(archived.get(name) or 0, now.get(name) or 0):
                cursor.execute("SELECT setval(to_regclass(quote_ident(%s)), %s)", [name, last])
