# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages about mail bring."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, NavigationItem, PackageSpec
from verbund.mail_pages.permissions import LABELS, MailPermission

PACKAGE = PackageSpec(
    slug="mail_pages",
    label=_("E-Mails"),
    apps=(App(name="verbund.mail_pages", scope=AppScope.BOTH),),
    urls_staff="verbund.mail_pages.urls",
    probes="verbund.mail_pages.probes:PROBES",
    permissions=tuple(MailPermission),
    permission_labels=LABELS,
    grants={"administrator": tuple(MailPermission)},
    navigation=(
        NavigationItem(
            area="staff",
            label=_("E-Mails"),
            url_name="mail_pages-staff:overview",
            order=810,
            permission=MailPermission.EDIT_TEXTS,
        ),
    ),
)
