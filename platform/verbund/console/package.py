# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the console brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.console.permissions import LABELS, ConsolePermission, TenantPermission
from verbund.kernel.specs import App, AppScope, NavigationItem, PackageSpec

PACKAGE = PackageSpec(
    slug="console",
    probes="verbund.console.probes:PROBES",
    command_probes="verbund.console.probes_life:COMMANDS",
    label=_("Konsole des Verbands"),
    apps=(App(name="verbund.console", scope=AppScope.ASSOCIATION),),
    urls_association="verbund.console.urls",
    context="verbund.console.context:shell",
    urls_api_association="verbund.console.rest.urls",
    permissions=tuple(ConsolePermission),
    permission_labels=LABELS,
    grants={role: tuple(ConsolePermission) for role in ("operator", "finance", "auditor")},
    navigation=(
        NavigationItem(
            area="console",
            label=_("Übersicht"),
            url_name="console-association:overview",
            order=10,
            permission=TenantPermission.READ,
        ),
        NavigationItem(
            area="console",
            label=_("Kommunen"),
            url_name="console-association:tenants",
            order=20,
            permission=TenantPermission.READ,
        ),
        NavigationItem(
            area="console",
            label=_("Nutzung"),
            url_name="console-association:usage",
            order=30,
            permission=ConsolePermission.READ_USAGE,
        ),
        NavigationItem(
            area="console",
            label=_("Hauptschlüssel"),
            url_name="console-association:keys",
            order=80,
            permission=TenantPermission.READ,
        ),
    ),
)
