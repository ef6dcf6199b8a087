# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the defects module brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import CaseKind, MessageKind, SearchSource, SubscriptionTopic
from verbund.kernel.specs import (
    App,
    AppScope,
    Lifecycle,
    LifecycleStep,
    Meter,
    ModuleSpec,
    NavigationItem,
    PersonSource,
    Receiver,
    ScheduledTask,
)
from verbund.modules.defects.mail_kinds import MAILS
from verbund.modules.defects.permissions import CLERK, FIELD_WORKER, LABELS, SUPPORT, DefectsPermission
from verbund.modules.defects.privacy import ENTRIES, RULE

_HOUR = 3600

MODULE = ModuleSpec(
    slug="defects",
    probes="verbund.modules.defects.probes:PROBES",
    label=_("Mängelmelder"),
    description=_(
        "Kaputte Laterne, Schlagloch, wilder Müll: Melden Sie es uns und sehen Sie, was daraus wird."
    ),
    start_url_name="defects:list",
    apps=(App(name="verbund.modules.defects", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.modules.defects.urls_public",
    urls_staff="verbund.modules.defects.urls_staff",
    urls_association="verbund.modules.defects.rest.open311.urls_association",
    urls_api="verbund.modules.defects.rest.urls",
    permissions=tuple(DefectsPermission),
    permission_labels=LABELS,
    grants={
        "administrator": tuple(DefectsPermission),
        "clerk": CLERK,
        "field_worker": FIELD_WORKER,
        "support": SUPPORT,
    },
    meters=(
        Meter(slug="defects.reports", label=_("Eingegangene Mängelmeldungen"), unit=_("Meldungen")),
        Meter(slug="defects.answers", label=_("Öffentliche Auskünfte zu Mängeln"), unit=_("Auskünfte")),
    ),
    navigation=(
        NavigationItem(area="public", label=_("Mängelmelder"), url_name="defects:list", order=100),
        NavigationItem(
            area="staff",
            label=_("Mängel"),
            url_name="defects-staff:list",
            order=100,
            permission=DefectsPermission.READ,
            badge="verbund.modules.defects.queries:waiting_count",
        ),
    ),
    mails=MAILS,
    cases=(
        CaseKind(
            slug="defects.report",
            label=_("Mängel"),
            prefix="M",
            path="verbund.modules.defects.spine:staff_path",
            state_label="verbund.modules.defects.labels:state_label",
            read_permission=DefectsPermission.READ,
            assign_permission=DefectsPermission.ASSIGN,
            status="verbund.modules.defects.replying:case_statuses",
            reply="verbund.modules.defects.replying:take_reply",
        ),
    ),
    search=(
        SearchSource(
            slug="defects.report",
            label=_("Mängel"),
            documents="verbund.modules.defects.searching:documents",
            permission=DefectsPermission.READ,
        ),
    ),
    subscriptions=(
        SubscriptionTopic(
            slug="defects.report",
            label=_("Neue Mängel und was aus ihnen wird"),
            news="verbund.modules.defects.subscribing:news",
        ),
    ),
    receivers=(
        Receiver(event="CaseAssigned", handler="verbund.modules.defects.spine:note_assignment"),
        Receiver(event="ReportReceived", handler="verbund.modules.defects.subscribing:note_received"),
        Receiver(event="ReportStateChanged", handler="verbund.modules.defects.subscribing:note_moved"),
    ),
    exchange=(
        MessageKind(
            slug="defects.handover",
            label=_("Abgegebene Meldung"),
            receive="verbund.modules.defects.messages:take_report",
            undeliverable="verbund.modules.defects.messages:note_undelivered",
        ),
        MessageKind(
            slug="defects.handover_answer",
            label=_("Antwort auf eine abgegebene Meldung"),
            receive="verbund.modules.defects.messages:take_answer",
        ),
    ),
    privacy=ENTRIES,
    persons=(
        PersonSource(
            slug="defects.report",
            label=_("Mängelmelder"),
            models=("defects.Report", "defects.Reporter", "defects.Draft"),
            found="verbund.modules.defects.persons:found",
            erase="verbund.modules.defects.persons:erase",
        ),
    ),
    retention=(RULE,),
    ports={
        "FileOwners.defects": "verbund.modules.defects.ports:owners_of_files",
        "FileVisibility.defects": "verbund.modules.defects.ports:file_visibility",
    },
    sample="verbund.modules.defects.sample:fill",
    schedule=(
        ScheduledTask(task="defects.delete_unconfirmed", every_seconds=_HOUR, per_municipality=True),
        ScheduledTask(task="defects.discard_drafts", every_seconds=_HOUR, per_municipality=True),
    ),
    lifecycle=Lifecycle(
        provision=(
            LifecycleStep(
                name="defect_categories",
                label=_("Kategorien des Mängelmelders anlegen"),
                order=510,
                check="verbund.modules.defects.provision:categories_are_done",
                do="verbund.modules.defects.provision:make_categories",
                undo="verbund.modules.defects.provision:undo_categories",
            ),
        ),
    ),
)
