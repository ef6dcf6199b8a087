# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a restoration in place ends: the earlier day stands, or the present one stands again."""

from __future__ import annotations

import structlog
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.archive.in_place_steps import Work, run_turn
from tenants.cache_keys import forget_all
from tenants.database.targets import as_owner
from tenants.models import Tenant
from tenants.schema_engine import replay, roles
from tenants.schema_engine.artefacts import fingerprint
from tenants.suspension import resume
from tenants.transitions import tell
from verbund.audit import anchoring, restarts
from verbund.audit.models import AuditSeal
from verbund.kernel import clock, context

log = structlog.get_logger()
_RESTORED = "tenants.tenant.restored_in_place"
_PUT_BACK = "tenants.tenant.restoration_put_back"


def open_again(work: Work) -> None:
    """All or nothing: the registry, both records, and the doors if they were open before."""
    row, at = work.row(), clock.now()
    made = row.made_at.astimezone(clock.BERLIN).strftime("%d.%m.%Y %H:%M") if row.made_at else ""
    run_turn(work, work.municipality(), is_before=False)
    with context.enter_association(), transaction.atomic():
        Tenant.objects.filter(pk=work.number).update(schema_fingerprint=fingerprint(), restored_at=at)
        tenant = Tenant.objects.get(pk=work.number)
        municipality = directory.describe(tenant)
        with context.enter(municipality):
            end = restarts.end_of_chain()
        restarts.record(
            scope=municipality.key,
            end=end,
            left=restarts.End(**row.left["end"]),
            shared=_shared_with_left(municipality.key, end),
            archive_of=made,
            by=work.by,
            at=at,
            reason=row.reason,
        )
        tell(
            tenant=tenant,
            action=_RESTORED,
            by=work.by,
            at=at,
            changes={
                "archive_of": made,
                "data_sha256": row.data_sha256,
                "present_is_kept": row.left.get("is_kept", False),
            },
            reason=row.reason,
        )
        work.note(finished_at=at)
        if row.was_active:
            resume(number=work.number, by=work.by, at=at, reason=row.reason)
    try:
        with context.enter(municipality):
            anchoring.take(at=clock.now())
    except DatabaseError:  # the earlier day stands and serves; the hourly anchor follows
        log.exception("tenants.restored_not_anchored", key=municipality.key)


def tidy_up(work: Work) -> None:
    """What stood before goes; it lies in the backup that was made of it."""
    key = work.municipality().key
    roles.drop_replaced(key)
    forget_all(key)


def put_back(work: Work) -> None:
    """The present day stands again, as if nothing had been begun; not once the earlier one stands."""
    row, at = work.row(), clock.now()
    if row.finished_at is not None:
        return
    if row.begun_at is None:
        work.note(finished_at=at)
        return
    key = work.municipality().key
    # Nothing stood before: then there is nothing to open.
    is_whole = row.left.get("stood", True)
    with context.enter_association(), transaction.atomic():
        roles.put_back(key)
        if is_whole and replay.exists(key):
            Tenant.objects.filter(pk=work.number).update(schema_fingerprint=row.left["fingerprint"])
        tenant = Tenant.objects.get(pk=work.number)
        tell(
            tenant=tenant,
            action=_PUT_BACK,
            by=work.by,
            at=at,
            changes={},
            reason=_("Die Wiederherstellung ist fehlgeschlagen; der Stand davor gilt weiter."),
        )
        work.note(finished_at=at, is_put_back=True)
        if is_whole and row.was_active:
            resume(number=work.number, by=work.by, at=at, reason="")


def _shared_with_left(key: str, end: restarts.End) -> int:
    """Up to where the chain that was left and the one that stands are the same.

    Not always the end of the shorter: an archive may be of days that an earlier restoration has left.
    """
    try:
        with as_owner(roles.replaced_name(key)), transaction.atomic():
            if not roles.schema_exists(roles.replaced_name(key)):
                return end.position
            left = dict(AuditSeal.objects.values_list("position", "hash"))
    except DatabaseError:  # too broken to be read
        return end.position
    with as_owner(key):
        return max(
            (
                position
                for position, sealed in AuditSeal.objects.values_list("position", "hash")
                if left.get(position) == sealed
            ),
            default=0,
        )
