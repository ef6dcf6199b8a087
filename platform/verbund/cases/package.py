# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cases package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.cases.mail_kinds import MAILS
from verbund.cases.permissions import LABELS, CasesPermission
from verbund.cases.privacy import APART, ENTRIES
from verbund.kernel.offers import LinkableKind
from verbund.kernel.specs import (
    App,
    AppScope,
    Lifecycle,
    NavigationItem,
    PackageSpec,
    PersonSource,
    ScheduledTask,
    Transient,
)

_DAY = 86_400

PACKAGE = PackageSpec(
    slug="cases",
    label=_("Vorgänge"),
    apps=(App(name="verbund.cases", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.cases.urls_public",
    urls_staff="verbund.cases.urls_staff",
    probes="verbund.cases.probes:PROBES",
    mails=MAILS,
    linkable=(
        LinkableKind(
            slug="cases.case",
            label=_("Vorgang"),
            find="verbund.cases.linked:find",
            describe="verbund.cases.linked:describe",
        ),
    ),
    permissions=tuple(CasesPermission),
    permission_labels=LABELS,
    grants={"administrator": tuple(CasesPermission)},
    navigation=(
        NavigationItem(area="public", label=_("Stand Ihrer Anliegen"), url_name="cases:ask", order=800),
    ),
    lifecycle=Lifecycle(
        transient=(
            Transient(
                model="cases.StatusLink",
                reason=_("Links führen zum alten Ort; neue sind schnell angefordert."),
            ),
        )
    ),
    privacy=ENTRIES,
    persons=(
        PersonSource(
            slug="cases.link",
            label=_("Statusseite"),
            models=("cases.StatusLink",),
            found="verbund.cases.persons:found",
            erase="verbund.cases.persons:erase",
        ),
    ),
    persons_apart=APART,
    ports={"OpenWork": "verbund.cases.ports:open_work"},
    schedule=(
        ScheduledTask(task="cases.forget_deputies", every_seconds=_DAY, per_municipality=True),
        ScheduledTask(task="cases.forget_links", every_seconds=_DAY, per_municipality=True),
    ),
)
