# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the privacy package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import CaseKind
from verbund.kernel.people import DataKind, Persons, Recipient
from verbund.kernel.specs import (
    App,
    AppScope,
    NavigationItem,
    PackageSpec,
    PersonSource,
    PrivacyEntry,
    ScheduledTask,
)
from verbund.privacy.permissions import LABELS, PrivacyPermission

PACKAGE = PackageSpec(
    slug="privacy",
    label=_("Datenschutz"),
    apps=(
        App(name="verbund.privacy", scope=AppScope.MUNICIPALITY),
        App(name="verbund.privacy.persons", scope=AppScope.MUNICIPALITY),
        App(name="verbund.privacy.periods", scope=AppScope.MUNICIPALITY),
        App(name="verbund.privacy.offers", scope=AppScope.MUNICIPALITY),
    ),
    commands={"privacy": "verbund.privacy.persons.cli:register"},
    cases=(
        CaseKind(
            slug="privacy.request",
            label=_("Datenschutz"),
            prefix="DS",
            path="verbund.privacy.persons.links:staff_path",
            state_label="verbund.privacy.persons.links:state_label",
            read_permission=PrivacyPermission.REQUESTS,
            assign_permission=PrivacyPermission.REQUESTS,
        ),
    ),
    persons=(
        PersonSource(
            slug="privacy.request",
            label=_("Datenschutz"),
            models=("privacy_persons.PersonRequest",),
            found="verbund.privacy.persons.persons:found",
        ),
    ),
    privacy=(
        PrivacyEntry(
            model="privacy_persons.PersonRequest",
            purpose=_("Anträge auf Auskunft und Löschung beantworten und das nachweisen"),
            personal=True,
            persons=(Persons.CITIZENS, Persons.STAFF),
            data=(DataKind.EMAIL, DataKind.ACTIVITY),
            recipients=(Recipient.PERSON_CONCERNED,),
            legal_basis=_("Art. 6 Abs. 1 Buchst. c, Art. 12 Abs. 3 DSGVO"),
            retention=_("drei Jahre nach dem Abschluss; die Adresse nur, solange der Antrag offen ist"),
            kept_by="privacy.delete_requests",
            encrypted_fields=("email",),
        ),
        PrivacyEntry(
            model="privacy_periods.Period", purpose=_("Fristen der Löschung festlegen"), personal=False
        ),
        PrivacyEntry(
            model="privacy_periods.Hold", purpose=_("Löschung einzelner Vorgänge anhalten"), personal=False
        ),
        PrivacyEntry(
            model="privacy_offers.Duty", purpose=_("Festlegen, was dem Archiv angeboten wird"), personal=False
        ),
        PrivacyEntry(
            model="privacy_offers.Offer",
            purpose=_("Unterlagen dem zuständigen Archiv anbieten"),
            personal=False,
        ),
        PrivacyEntry(
            model="privacy_offers.OfferedRecord",
            purpose=_("Nachweisen, was dem Archiv angeboten wurde"),
            personal=False,
        ),
        PrivacyEntry(
            model="privacy_periods.Tombstone", purpose=_("Nachweisen, was gelöscht wurde"), personal=False
        ),
    ),
    schedule=(
        ScheduledTask(task="privacy.delete_requests", every_seconds=86_400, per_municipality=True),
        ScheduledTask(task="privacy.delete_due", every_seconds=86_400, per_municipality=True),
    ),
    command_probes="verbund.privacy.probes:COMMANDS",
    urls_staff="verbund.privacy.urls_staff",
    probes="verbund.privacy.probes:PROBES",
    permissions=tuple(PrivacyPermission),
    permission_labels=LABELS,
    grants={"administrator": tuple(PrivacyPermission)},
    navigation=(
        NavigationItem(
            area="staff",
            label=_("Datenschutz"),
            url_name="privacy-staff:record",
            order=850,
            permission=PrivacyPermission.READ,
        ),
    ),
)
