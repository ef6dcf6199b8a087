# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the files package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    App,
    AppScope,
    ArchivePart,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    Meter,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
)

_HOUR = 3600

PACKAGE = PackageSpec(
    slug="files",
    label=_("Dateien"),
    apps=(App(name="verbund.files", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.files.urls_public",
    meters=(
        Meter(
            slug="storage.files.bytes",
            label=_("Speicher für Dateien"),
            unit="Byte-Stunden",
            exact=False,
            sample="verbund.files.api:stored_bytes",
        ),
    ),
    lifecycle=Lifecycle(
        archive=(
            ArchivePart(
                name="photos",
                files="verbund.files.archive:files",
                restore="verbund.files.archive:restore",
            ),
        ),
        offboard=(
            LifecycleStep(
                name="files",
                label=_("Dateien löschen"),
                order=510,
                check="verbund.files.steps:storage_is_gone",
                do="verbund.files.steps:undo_storage",
                undo="verbund.files.steps:never",
            ),
        ),
        doctor=(
            DoctorCheck(
                name="files", label=_("Dateien"), order=30, check="verbund.files.checks:look_at_files"
            ),
        ),
        provision=(
            LifecycleStep(
                name="storage",
                label=_("Ablage für Dateien anlegen"),
                order=300,
                check="verbund.files.steps:storage_is_done",
                do="verbund.files.steps:make_storage",
                undo="verbund.files.steps:undo_storage",
            ),
        ),
    ),
    schedule=(
        ScheduledTask(task="files.remove_orphans", every_seconds=_HOUR, per_municipality=True),
        ScheduledTask(task="files.delete_ownerless", every_seconds=24 * _HOUR, per_municipality=True),
    ),
    persons_apart={
        "files.StoredFile": _("wird mit dem Vorgang genannt und gelöscht, zu dem das Foto gehört")
    },
    privacy=(
        PrivacyEntry(
            model="files.StoredFile",
            purpose=_("Fotos zu einem Anliegen aufbewahren"),
            personal=True,
            persons=(Persons.CITIZENS,),
            data=(DataKind.PHOTO,),
            recipients=(Recipient.PUBLIC, Recipient.NEIGHBOUR, Recipient.ARCHIVE),
            legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO"),
            retention=_(
                "wie der Vorgang, zu dem das Foto gehört; Aufnahmeort und Gerät werden nie gespeichert"
            ),
            kept_by="files.delete_ownerless",
        ),
    ),
)
