# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the metering package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    Meter,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
)

PACKAGE = PackageSpec(
    slug="metering",
    label=_("Nutzungszählung"),
    apps=(
        App(name="verbund.metering", scope=AppScope.ASSOCIATION),
        App(name="verbund.metering.facts", scope=AppScope.BOTH),
    ),
    meters=(
        Meter(slug="http.requests", label=_("Seiten- und API-Aufrufe"), unit="Aufrufe", exact=False),
        Meter(
            slug="http.assets",
            label=_("Abrufe von Bildern, Kacheln und Dateien"),
            unit="Abrufe",
            exact=False,
        ),
        Meter(slug="cpu.ms", label=_("Rechenzeit"), unit="ms", exact=False),
        Meter(slug="db.ms", label=_("Datenbankzeit"), unit="ms", exact=False),
        Meter(slug="db.calls", label=_("Datenbankabfragen"), unit="Abfragen", exact=False),
        Meter(slug="jobs.runs", label=_("Aufgaben im Hintergrund"), unit="Läufe", exact=False),
        Meter(slug="jobs.ms", label=_("Rechenzeit im Hintergrund"), unit="ms", exact=False),
        Meter(
            slug="storage.db.bytes",
            label=_("Speicher der Datenbank"),
            unit="Byte-Stunden",
            exact=False,
            sample="verbund.metering.samples:bytes_of_schema",
        ),
        Meter(
            slug="modules.enabled",
            label=_("Eingeschaltete Fachmodule"),
            unit=_("Modul-Stunden"),
            exact=False,
            sample="verbund.metering.samples:modules_switched_on",
        ),
        Meter(slug="egress.bytes", label=_("Ausgelieferte Daten"), unit="Byte", exact=False),
        # Each counted when it comes new into its set, so the days of a month add up to its different people.
        Meter(slug="users.active.day", label=_("Angemeldete am Tag"), unit=_("Personentage")),
        Meter(slug="users.active.month", label=_("Verschiedene Angemeldete im Monat"), unit=_("Personen")),
    ),
    lifecycle=Lifecycle(
        offboard=(
            LifecycleStep(
                name="usage",
                label=_("Restliche Nutzung zählen"),
                order=50,
                check="verbund.metering.leaving:all_is_counted",
                do="verbund.metering.leaving:count_the_rest",
                undo="verbund.metering.leaving:never",
            ),
        ),
        restore=(
            LifecycleStep(
                name="usage",
                label=_("Restliche Nutzung zählen"),
                order=50,
                check="verbund.metering.leaving:all_is_counted",
                do="verbund.metering.leaving:count_the_rest",
                undo="verbund.metering.leaving:never",
            ),
        ),
        doctor=(
            DoctorCheck(
                name="facts",
                label=_("Nutzungszählung"),
                order=70,
                check="verbund.metering.checks:look_at_facts",
            ),
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="metering_facts.Fact", purpose=_("Vorgänge für die Kostenverteilung zählen"), personal=False
        ),
        PrivacyEntry(
            model="metering_facts.ActivePerson",
            purpose=_("Angemeldete je Tag und Monat einmal zählen, ohne Namen und ohne Verlauf"),
            personal=True,
            persons=(Persons.STAFF, Persons.ASSOCIATION_STAFF),
            data=(DataKind.ACTIVITY,),
            legal_basis=_("Art. 6 Abs. 1 Buchst. e DSGVO"),
            retention=_("zwei Tage nach dem Tag oder Monat, den sie zählen"),
            kept_by="metering.forget_active",
        ),
        PrivacyEntry(model="metering.UsageBatch", purpose=_("Doppelte Zählung ausschließen"), personal=False),
        PrivacyEntry(
            model="metering.UsageCounter", purpose=_("Nutzung je Stunde nachweisen"), personal=False
        ),
        PrivacyEntry(model="metering.UsageDay", purpose=_("Nutzung je Tag berichten"), personal=False),
        PrivacyEntry(
            model="metering.UsageStale", purpose=_("Neu zu berechnende Tage merken"), personal=False
        ),
        PrivacyEntry(
            model="metering.UsageLate",
            purpose=_("Nutzung führen, die zu spät gemeldet wurde"),
            personal=False,
        ),
        PrivacyEntry(
            model="metering.UsageArrival",
            purpose=_("Eingegangene Nutzung gegen die gezählte halten"),
            personal=False,
        ),
        PrivacyEntry(
            model="metering.UsageSeal", purpose=_("Gezählte Nutzung gegen Änderung sichern"), personal=False
        ),
        PrivacyEntry(
            model="metering.UsageBacklog", purpose=_("Noch nicht gezählte Vorgänge anzeigen"), personal=False
        ),
    ),
    schedule=(
        # New facts wake a pusher within a second; the sweep finds what a lost message left behind.
        ScheduledTask(task="metering.push", every_seconds=30, per_municipality=True),
        ScheduledTask(task="metering.push_association", every_seconds=30),
        # Four times an hour, so that a worker that was away for a while misses none.
        ScheduledTask(task="metering.sample", every_seconds=900, per_municipality=True),
        ScheduledTask(task="metering.forget_active", every_seconds=21_600, per_municipality=True),
        ScheduledTask(task="metering.forget_active_association", every_seconds=21_600),
        ScheduledTask(task="metering.roll_up", every_seconds=60),
        ScheduledTask(task="metering.seal", every_seconds=3600),
    ),
    persons_apart={
        "metering_facts.ActivePerson": _("Kennzahl ohne Namen, die nach dem Monat verschwindet"),
    },
    commands={"metrics": "verbund.metering.exporter:register"},
)
