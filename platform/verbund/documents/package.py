# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the documents package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, PackageSpec

PACKAGE = PackageSpec(
    slug="documents",
    label=_("Dokumente"),
    apps=(App(name="verbund.documents", scope=AppScope.BOTH),),
)
