# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this package brings to the platform."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, PackageSpec

PACKAGE = PackageSpec(
    slug="web",
    probes="verbund.web.probes:PROBES",
    label=_("Seiten und Formulare"),
    apps=(App(name="verbund.web", scope=AppScope.BOTH),),
    urls_public="verbund.web.urls",
    urls_association="verbund.web.urls",
    context="verbund.web.context.page",
)
