# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the privacy package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, NavigationItem, PackageSpec
from verbund.privacy.permissions import LABELS, PrivacyPermission

PACKAGE = PackageSpec(
    slug="privacy",
    label=_("Datenschutz"),
    apps=(App(name="verbund.privacy", scope=AppScope.MUNICIPALITY),),
    commands=("verbund.privacy.persons.cli:register",),
    command_probes="verbund.privacy.persons.probes:COMMANDS",
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
