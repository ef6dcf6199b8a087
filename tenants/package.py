# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tenants package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    KEPT_BY_CHANGE,
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
)

_REGISTRY = _("Mitglieder des Verbands führen")

PACKAGE = PackageSpec(
    slug="tenants",
    label=_("Kommunen"),
    apps=(App(name="tenants", scope=AppScope.ASSOCIATION),),
    ports={"MunicipalityDirectory": "tenants.ports:municipality_directory"},
    permissions=(
        "tenants:tenant:read",
        "tenants:tenant:onboard",
        "tenants:tenant:manage",
        "tenants:keys:renew",
        "tenants:archive:order",
    ),
    permission_labels={
        "tenants:tenant:read": _("Kommunen ansehen"),
        "tenants:tenant:onboard": _("Kommunen aufnehmen"),
        "tenants:tenant:manage": _("Kommunen ändern, aussetzen und austragen"),
        "tenants:keys:renew": _("Hauptschlüssel erneuern"),
        "tenants:archive:order": _("Archiv der Kommune anfordern"),
    },
    grants={
        "administrator": ("tenants:archive:order",),
        "operator": (
            "tenants:tenant:read",
            "tenants:tenant:onboard",
            "tenants:tenant:manage",
            "tenants:keys:renew",
        ),
        "finance": ("tenants:tenant:read",),
        "auditor": ("tenants:tenant:read",),
    },
    collectors=("tenants.archive.doctor:metrics",),
    schedule=(
        ScheduledTask(task="tenants.resume_onboarding", every_seconds=10, queue="provisioning"),
        ScheduledTask(
            task="tenants.take_credentials", every_seconds=600, per_municipality=True, queue="provisioning"
        ),
        ScheduledTask(task="tenants.apply_changes", every_seconds=300, queue="provisioning"),
        ScheduledTask(task="tenants.go_on_leaving", every_seconds=300, queue="provisioning"),
        ScheduledTask(task="tenants.go_on_exporting", every_seconds=60, queue="provisioning"),
        ScheduledTask(task="tenants.go_on_restoring", every_seconds=60, queue="provisioning"),
        ScheduledTask(task="tenants.back_up_due", every_seconds=300, queue="provisioning"),
        ScheduledTask(task="doctor.examine", every_seconds=3600, per_municipality=True),
        ScheduledTask(task="tenants.refill_spares", every_seconds=60, queue="provisioning"),
        ScheduledTask(task="tenants.resume_renewals", every_seconds=30, queue="provisioning"),
    ),
    commands={
        "manage": "tenants.commands.manage:register",
        "migrate": "tenants.commands.migrate:register",
        "onboard": "tenants.commands.onboard:register",
        "tenants": "tenants.commands.tenants:register",
        "vault": "tenants.commands.vault:register",
    },
    command_probes="tenants.probes:COMMANDS",
    readiness=("tenants.readiness:check_database",),
    lifecycle=Lifecycle(
        doctor=(
            DoctorCheck(
                name="backups",
                label=_("Sicherungen"),
                order=150,
                check="tenants.archive.doctor:look_at_backups",
            ),
            DoctorCheck(name="schema", label=_("Datenbank"), order=10, check="tenants.checks:look_at_schema"),
            DoctorCheck(name="hosts", label=_("Hosts"), order=15, check="tenants.checks:look_at_hosts"),
        ),
        offboard=(
            LifecycleStep(
                name="leaving_archive",
                label=_("Archiv für die Kommune schreiben und prüfen"),
                order=100,
                check="tenants.leaving.steps:archive_is_made",
                do="tenants.leaving.steps:make_archive",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="schema_aside",
                label=_("Datenbank: Rechte entziehen, Schema beiseite legen"),
                order=300,
                check="tenants.leaving.steps:schema_is_aside",
                do="tenants.leaving.steps:put_schema_aside",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="schema_drop",
                label=_("Datenbank: Schema und Rolle löschen"),
                order=500,
                check="tenants.leaving.steps:schema_is_dropped",
                do="tenants.leaving.steps:drop_schema",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="archives",
                label=_("Sicherungen und Archive löschen"),
                order=520,
                check="tenants.leaving.steps:archives_are_removed",
                do="tenants.leaving.steps:remove_archives",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="cache",
                label=_("Zwischenspeicher leeren"),
                order=530,
                check="tenants.leaving.steps:cache_is_empty",
                do="tenants.leaving.steps:empty_cache",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="registry",
                label=_("Hosts, Kürzel und Körperschaften freigeben"),
                order=600,
                check="tenants.leaving.steps:registry_is_cleared",
                do="tenants.leaving.steps:clear_registry",
                undo="tenants.leaving.steps:never",
            ),
            LifecycleStep(
                name="deletion_record",
                label=_("Nachsehen und Löschprotokoll ausstellen"),
                order=900,
                check="tenants.leaving.steps:record_is_issued",
                do="tenants.leaving.steps:issue_record",
                undo="tenants.leaving.steps:never",
            ),
        ),
        provision=(
            LifecycleStep(
                name="database",
                label=_("Rolle und Schema anlegen"),
                order=100,
                check="tenants.steps:database_is_done",
                do="tenants.steps:make_database",
                undo="tenants.steps:undo_database",
            ),
            LifecycleStep(
                name="modules",
                label=_("Module zuschalten"),
                order=400,
                check="tenants.steps:modules_are_done",
                do="tenants.steps:activate_modules",
                undo="tenants.steps:undo_modules",
            ),
            LifecycleStep(
                name="activation",
                label=_("Prüfen und freischalten"),
                order=900,
                check="tenants.steps:activation_is_done",
                do="tenants.steps:activate",
                undo="tenants.steps:undo_activation",
            ),
        ),
    ),
    persons_apart={
        "tenants.OnboardingRequest": _(
            "nennt die Ansprechperson einer Aufnahme; sieht der Verband unter „Kommunen“"
        ),
    },
    privacy=(
        PrivacyEntry(model="tenants.Tenant", purpose=_REGISTRY, personal=False),
        PrivacyEntry(model="tenants.Host", purpose=_REGISTRY, personal=False),
        PrivacyEntry(model="tenants.Body", purpose=_REGISTRY, personal=False),
        PrivacyEntry(model="tenants.MasterDataChange", purpose=_REGISTRY, personal=False),
        PrivacyEntry(
            model="tenants.DoctorReport", purpose=_("Störungen bei Mitgliedern zeigen"), personal=False
        ),
        PrivacyEntry(model="tenants.ModuleActivation", purpose=_REGISTRY, personal=False),
        PrivacyEntry(
            model="tenants.OnboardingRequest",
            purpose=_("Erste Administratorin oder ersten Administrator einladen"),
            personal=True,
            persons=(Persons.OFFICIALS,),
            data=(DataKind.EMAIL,),
            legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO"),
            retention=_("Adresse bis zur Freischaltung"),
            kept_by=KEPT_BY_CHANGE,
            encrypted_fields=("admin_email",),
        ),
        *(
            PrivacyEntry(
                model=f"tenants.{model}",
                purpose=_("Daten einer Kommune sichern, übergeben und löschen"),
                personal=False,
                retention=_("zehn Jahre als Nachweis; die Dateien selbst nur bis zu ihrer Frist"),
                kept_by=KEPT_BY_CHANGE,
            )
            for model in ("ArchiveOrder", "Restoration", "InPlaceRestoration", "BackupRun", "Departure")
        ),
        PrivacyEntry(model="tenants.SchemaArtefact", purpose=_("Struktur neuer Schemas"), personal=False),
        PrivacyEntry(model="tenants.SpareSchema", purpose=_("Schemas auf Vorrat"), personal=False),
        PrivacyEntry(model="tenants.SchemaMove", purpose=_("Stand der Schemas nachweisen"), personal=False),
    ),
)
