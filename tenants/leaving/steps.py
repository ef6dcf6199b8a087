# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registry's own steps of a departure. None of them can be taken back; each may be repeated."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tenants import directory
from tenants.archive import folders
from tenants.archive.receivers import KeyPairReceiver, own_receiver
from tenants.archive.writing import write_archive
from tenants.cache_keys import forget_all
from tenants.leaving import record
from tenants.models import (
    ArchiveOrder,
    BackupRun,
    Body,
    Departure,
    Host,
    InPlaceRestoration,
    MasterDataChange,
    ModuleActivation,
    OnboardingRequest,
    Restoration,
    Tenant,
)
from tenants.schema_engine import roles
from tenants.states import State
from tenants.transitions import move
from verbund.kernel import clock, context
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Conflict
from verbund.kernel.ports import StepContext


class CannotBeTakenBack(Conflict):
    """What has left is only to be had again from its archive."""

    code = "departure_final"


def never(step: StepContext) -> None:
    """The `undo` of all these steps.

    Raises:
        CannotBeTakenBack: always.
    """
    raise CannotBeTakenBack(
        _("Der Austritt von %(key)s lässt sich nicht zurücknehmen; das Archiv lässt sich wiederherstellen.")
        % {"key": step.municipality.key}
    )


def archive_is_made(step: StepContext) -> bool:
    order = _departure(step).archive
    return order is not None and _path(order).is_file()


def make_archive(step: StepContext) -> None:
    """Write the last archive and read it again; without it nothing else begins."""
    departure = _departure(step)
    receiver = KeyPairReceiver(departure.receiver_pem) if departure.receiver_pem else own_receiver()
    with context.enter_association():
        order = ArchiveOrder.objects.create(
            tenant_id=step.municipality.number,
            receiver_pem=departure.receiver_pem,
            receiver_id=receiver.id,
            requested_by=step.requested_by,
            requested_at=step.at,
        )
    written = write_archive(step.municipality, _path(order), receiver=receiver, at=step.at)
    with context.enter_association(), transaction.atomic():
        folders.note(order, written, at=clock.now())
        Departure.objects.filter(pk=departure.pk).update(archive=order)


def schema_is_aside(step: StepContext) -> bool:
    return roles.is_aside(step.municipality.key) and _departure(step).drop_after is not None


def put_schema_aside(step: StepContext) -> None:
    """Take every right from it and rename it; the time of grace begins."""
    roles.put_aside(step.municipality.key)
    with context.enter_association():
        Tenant.objects.filter(pk=step.municipality.number).update(schema_fingerprint="")
        Departure.objects.filter(tenant_id=step.municipality.number, drop_after=None).update(
            drop_after=clock.now() + timedelta(days=settings.VERBUND.leaving_grace_days)
        )


def schema_is_dropped(step: StepContext) -> bool:
    return roles.left_of(step.municipality.key) == []


def drop_schema(step: StepContext) -> None:
    roles.drop_aside(step.municipality.key)


def archives_are_removed(step: StepContext) -> bool:
    return not any(folder.exists() for folder in folders.all_of(step.municipality.key))


def remove_archives(step: StepContext) -> None:
    """Backups, which nobody can read any more, and archives that lie ready for download."""
    folders.remove_all_of(step.municipality.key)
    with context.enter_association():
        ArchiveOrder.objects.filter(tenant_id=step.municipality.number, removed_at=None).update(
            removed_at=clock.now()
        )


def cache_is_empty(_step: StepContext) -> bool:
    return False


def empty_cache(step: StepContext) -> None:
    forget_all(step.municipality.key)


def registry_is_cleared(step: StepContext) -> bool:
    with context.enter_association():
        return not Host.objects.filter(tenant_id=step.municipality.number).exists()


def clear_registry(step: StepContext) -> None:
    """Give slug, hosts and bodies free; what stays is that there was a member of that number and name."""
    number, today = step.municipality.number, clock.today()
    with context.enter_association(), transaction.atomic():
        for model in (
            BackupRun,
            ModuleActivation,
            OnboardingRequest,
            Restoration,
            InPlaceRestoration,
            MasterDataChange,
        ):
            model.objects.filter(tenant_id=number).delete()
        Body.objects.filter(tenant_id=number, valid_from__gte=today).delete()
        Body.objects.filter(tenant_id=number, valid_to=None).update(valid_to=today)
        Tenant.objects.filter(pk=number).update(
            slug=f"m-{number:06d}", theme={}, borrowed_bodies=[], state_message=""
        )
        Host.objects.filter(tenant_id=number).delete()
    directory.forget()


def record_is_issued(step: StepContext) -> bool:
    return _departure(step).finished_at is not None


def issue_record(step: StepContext) -> None:
    """Look everywhere once more, and only then say that nothing is left.

    Raises:
        Conflict: with what is left and where.
    """
    number = step.municipality.number
    operator = Actor(kind="system", role="operator", acting_for=step.requested_by)
    found = {place: count for place, count in record.leftovers(step.municipality).items() if count}
    if found:
        places = ", ".join(f"{place}: {count}" for place, count in found.items())
        raise Conflict(_("Es ist noch etwas übrig: %(places)s.") % {"places": places})
    with context.enter_association(), transaction.atomic():
        move(number=number, wanted=State.ARCHIVED, by=operator, at=step.at)
        record.issue(_departure(step), at=step.at)


def _departure(step: StepContext) -> Departure:
    with context.enter_association():
        return Departure.objects.select_related("archive").get(tenant_id=step.municipality.number)


def _path(order: ArchiveOrder) -> Path:
    return folders.path_of(order)
