# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the shell for municipal staff brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, NavigationItem, PackageSpec

PACKAGE = PackageSpec(
    slug="staff",
    probes="verbund.staff.probes:PROBES",
    label=_("Arbeitsplatz der Verwaltung"),
    apps=(App(name="verbund.staff", scope=AppScope.MUNICIPALITY),),
    urls_staff="verbund.staff.urls",
    navigation=(
        NavigationItem(area="staff", label=_("Eingang"), url_name="staff-staff:inbox", order=10),
        NavigationItem(area="staff", label=_("Vertretung"), url_name="staff-staff:deputies", order=840),
        NavigationItem(
            area="staff",
            label=_("Eigene Daten"),
            url_name="staff-staff:archives",
            order=920,
            permission="tenants:archive:order",
        ),
    ),
)
