# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the announcements package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.announcements.permissions import LABELS, AnnouncementsPermission
from verbund.kernel.people import DataKind, Persons
from verbund.kernel.specs import KEPT_WITH_OWNER, App, AppScope, NavigationItem, PackageSpec, PrivacyEntry

PACKAGE = PackageSpec(
    slug="announcements",
    probes="verbund.announcements.probes:PROBES",
    label=_("Ankündigungen"),
    apps=(
        App(name="verbund.announcements", scope=AppScope.ASSOCIATION),
        App(name="verbund.announcements.reading", scope=AppScope.MUNICIPALITY),
    ),
    urls_staff="verbund.announcements.urls_staff",
    urls_association="verbund.announcements.urls_association",
    permissions=tuple(AnnouncementsPermission),
    permission_labels=LABELS,
    grants={
        "operator": tuple(AnnouncementsPermission),
        "auditor": (AnnouncementsPermission.READ,),
    },
    navigation=(
        NavigationItem(
            area="console",
            label=_("Ankündigungen"),
            url_name="announcements-association:listing",
            order=35,
            permission=AnnouncementsPermission.READ,
        ),
        NavigationItem(
            area="staff", label=_("Ankündigungen"), url_name="announcements-staff:listing", order=950
        ),
    ),
    notices=("verbund.announcements.notices:running",),
    persons_apart={"announcements_reading.Dismissal": _("wird mit dem Konto entfernt")},
    privacy=(
        PrivacyEntry(
            model="announcements.Announcement",
            purpose=_("Beschäftigte über Wartungen und Neuigkeiten unterrichten"),
            personal=False,
        ),
        PrivacyEntry(
            model="announcements_reading.Dismissal",
            purpose=_("Gelesene Neuigkeiten nicht noch einmal zeigen"),
            personal=True,
            persons=(Persons.STAFF,),
            data=(DataKind.SETTING,),
            legal_basis=_("Art. 6 Abs. 1 lit. e DSGVO"),
            retention=_("so lange wie das Konto"),
            kept_by=KEPT_WITH_OWNER,
        ),
    ),
)
