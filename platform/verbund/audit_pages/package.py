# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the audit pages bring: the same page on a municipality's host and on the association's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, NavigationItem, PackageSpec, ScheduledTask

_SIX_HOURS = 6 * 60 * 60

PACKAGE = PackageSpec(
    slug="audit_pages",
    probes="verbund.audit_pages.probes:PROBES",
    label=_("Protokoll lesen"),
    apps=(App(name="verbund.audit_pages", scope=AppScope.BOTH),),
    urls_staff="verbund.audit_pages.urls",
    urls_association="verbund.audit_pages.urls",
    # The association's operators look after what the auditor examines.
    grants={"operator": ("audit:entry:read",)},
    schedule=(
        ScheduledTask(task="audit.anchor", every_seconds=_SIX_HOURS, per_municipality=True),
        ScheduledTask(task="audit.anchor_association", every_seconds=_SIX_HOURS),
    ),
    navigation=(
        NavigationItem(
            area="staff",
            label=_("Protokoll"),
            url_name="audit_pages-staff:entries",
            order=900,
            permission="audit:entry:read",
        ),
        NavigationItem(
            area="console",
            label=_("Protokoll"),
            url_name="audit_pages-association:entries",
            order=900,
            permission="audit:entry:read",
        ),
    ),
)
