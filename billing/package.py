# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the billing package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from billing.alerts.entries import APART as ALERTS_APART
from billing.alerts.entries import PRIVACY as ALERTS_PRIVACY
from billing.closing.entries import APART
from billing.closing.entries import PRIVACY as CLOSING_PRIVACY
from billing.collection.entries import APART as COLLECTION_APART
from billing.collection.entries import PRIVACY as COLLECTION_PRIVACY
from billing.costs.entries import PRIVACY as COSTS_PRIVACY
from billing.ingest.entries import PRIVACY as INGEST_PRIVACY
from billing.issuing.calling import TELL
from billing.issuing.entries import APART as ISSUING_APART
from billing.issuing.entries import PRIVACY as ISSUING_PRIVACY
from billing.permissions import LABELS, BillingPermission
from billing.postings.entries import APART as POSTINGS_APART
from billing.postings.entries import PRIVACY as POSTINGS_PRIVACY
from billing.receivables.entries import APART as RECEIVABLES_APART
from billing.receivables.entries import PRIVACY as RECEIVABLES_PRIVACY
from verbund.kernel.specs import (
    App,
    AppScope,
    Meter,
    NavigationItem,
    PackageSpec,
    PrivacyEntry,
    Role,
    ScheduledTask,
)

_OWN = (
    BillingPermission.READ_OWN_USAGE,
    BillingPermission.READ_OWN_COSTS,
    BillingPermission.EDIT_OWN_ALERTS,
)

PACKAGE = PackageSpec(
    slug="billing",
    probes="billing.probes:PROBES",
    command_probes="billing.probes:COMMANDS",
    label=_("Nutzung und Abrechnung"),
    apps=(
        App(name="billing", scope=AppScope.ASSOCIATION),
        App(name="billing.costs", scope=AppScope.ASSOCIATION),
        App(name="billing.closing", scope=AppScope.ASSOCIATION),
        App(name="billing.ingest", scope=AppScope.ASSOCIATION),
        App(name="billing.receivables", scope=AppScope.ASSOCIATION),
        App(name="billing.postings", scope=AppScope.ASSOCIATION),
        App(name="billing.member", scope=AppScope.ASSOCIATION),
        App(name="billing.issuing", scope=AppScope.ASSOCIATION),
        App(name="billing.collection", scope=AppScope.ASSOCIATION),
        App(name="billing.alerts", scope=AppScope.MUNICIPALITY),
    ),
    urls_staff="billing.urls_staff",
    urls_association="billing.urls_association",
    urls_api_association="billing.urls_api_association",
    roles=(Role(slug="treasurer", label=_("Kämmerei"), area=AppScope.MUNICIPALITY),),
    meters=(Meter(slug="advisory.minutes", label=_("Beratung"), unit=_("Minuten")),),
    permissions=tuple(BillingPermission),
    permission_labels=LABELS,
    grants={
        "operator": (BillingPermission.INGEST_USAGE, BillingPermission.READ_USAGE),
        "finance": (
            BillingPermission.READ_ACCOUNTS,
            BillingPermission.MANAGE_ACCOUNTS,
            BillingPermission.READ_USAGE,
            BillingPermission.READ_COSTS,
            BillingPermission.EDIT_COSTS,
            BillingPermission.READ_PERIODS,
            BillingPermission.CALCULATE,
            BillingPermission.CORRECT,
            BillingPermission.APPROVE,
            BillingPermission.ISSUE,
            BillingPermission.CLOSE,
        ),
        "auditor": (
            BillingPermission.READ_ACCOUNTS,
            BillingPermission.READ_USAGE,
            BillingPermission.READ_COSTS,
            BillingPermission.READ_PERIODS,
        ),
        "administrator": _OWN,
        "treasurer": _OWN,
        "support": (BillingPermission.READ_OWN_USAGE,),
    },
    navigation=(
        NavigationItem(
            area="console",
            label=_("Finanzen"),
            url_name="billing-association:months",
            order=25,
            permission=BillingPermission.READ_PERIODS,
        ),
        NavigationItem(
            area="console",
            label=_("Offene Posten"),
            url_name="billing-association:items",
            order=35,
            permission=BillingPermission.READ_ACCOUNTS,
        ),
        NavigationItem(
            area="staff",
            label=_("Nutzung und Kosten"),
            url_name="billing-staff:usage",
            order=900,
            permission=BillingPermission.READ_OWN_USAGE,
            description=_("Was Ihre Kommune nutzt, was es kostet und was bis Jahresende zu erwarten ist"),
        ),
    ),
    schedule=(
        ScheduledTask(task="billing.resume", every_seconds=15),
        ScheduledTask(task="billing.follow_months", every_seconds=3600),
        ScheduledTask(task="billing.forget_rejections", every_seconds=86_400),
        ScheduledTask(task="billing.look_at_thresholds", every_seconds=3600, per_municipality=True),
        ScheduledTask(task=TELL, every_seconds=3600, per_municipality=True),
    ),
    commands={
        "usage": "billing.commands:register",
        "billing": "billing.period_commands:register",
    },
    privacy=(
        PrivacyEntry(
            model="billing.FigureSnapshot",
            purpose=_("Veröffentlichungen führen, nach deren Zahlen Kosten verteilt werden"),
            personal=False,
        ),
        PrivacyEntry(
            model="billing.SnapshotFigure",
            purpose=_("Einwohnerzahlen der Gemeinden für die Verteilung von Kosten"),
            personal=False,
        ),
        *COSTS_PRIVACY,
        *CLOSING_PRIVACY,
        *INGEST_PRIVACY,
        *ALERTS_PRIVACY,
        *RECEIVABLES_PRIVACY,
        *POSTINGS_PRIVACY,
        *ISSUING_PRIVACY,
        *COLLECTION_PRIVACY,
    ),
    persons_apart={
        **APART,
        **ALERTS_APART,
        **RECEIVABLES_APART,
        **POSTINGS_APART,
        **ISSUING_APART,
        **COLLECTION_APART,
    },
)
