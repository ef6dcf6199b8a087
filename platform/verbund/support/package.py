# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the support package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    NavigationItem,
    PackageSpec,
    PrivacyEntry,
    Role,
    ScheduledTask,
)
from verbund.support.permissions import LABELS, SupportPermission

PACKAGE = PackageSpec(
    slug="support",
    probes="verbund.support.probes:PROBES",
    label=_("Fernzugriff"),
    apps=(App(name="verbund.support", scope=AppScope.MUNICIPALITY),),
    urls_staff="verbund.support.urls_staff",
    urls_association="verbund.support.urls_association",
    permissions=tuple(SupportPermission),
    permission_labels=LABELS,
    # The role of guests. What they may see is granted by each package; nothing is unless it says so.
    roles=(
        Role(slug="support", label=_("Fernzugriff"), area=AppScope.MUNICIPALITY, is_held_by_people=False),
    ),
    grants={
        "operator": (SupportPermission.REQUEST, SupportPermission.READ),
        "auditor": (SupportPermission.READ,),
        "administrator": (SupportPermission.CONTROL,),
    },
    navigation=(
        NavigationItem(
            area="staff",
            label=_("Fernzugriff"),
            url_name="support-staff:overview",
            order=860,
            permission=SupportPermission.CONTROL,
        ),
    ),
    notices=("verbund.support.notices:present",),
    schedule=(ScheduledTask(task="support.expire", every_seconds=3600, per_municipality=True),),
    persons_apart={
        "support.Grant": _("nennt Personen des Verbands, die hier geholfen haben; bleibt als Nachweis")
    },
    privacy=(
        PrivacyEntry(
            model="support.Grant",
            purpose=_("Fernzugriffe des Verbands nachweisen"),
            personal=True,
            persons=(Persons.ASSOCIATION_STAFF, Persons.STAFF),
            data=(DataKind.NAME, DataKind.ACTIVITY),
            legal_basis=_("Art. 28 Abs. 3, Art. 32 DSGVO"),
            retention=_("wie das Protokoll; Name der Person des Verbands"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="support.SupportSettings", purpose=_("Regeln für den Fernzugriff"), personal=False
        ),
    ),
)
