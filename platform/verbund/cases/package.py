# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cases package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.cases.permissions import CasesPermission
from verbund.cases.privacy import ENTRIES
from verbund.kernel.specs import App, AppScope, PackageSpec, ScheduledTask

_DAY = 86_400

PACKAGE = PackageSpec(
    slug="cases",
    label=_("Vorgänge"),
    apps=(App(name="verbund.cases", scope=AppScope.MUNICIPALITY),),
    permissions=tuple(CasesPermission),
    grants={"administrator": tuple(CasesPermission)},
    privacy=ENTRIES,
    ports={"OpenWork": "verbund.cases.ports:open_work"},
    schedule=(ScheduledTask(task="cases.forget_deputies", every_seconds=_DAY, per_municipality=True),),
)
