# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the search package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import (
    App,
    AppScope,
    DoctorCheck,
    Lifecycle,
    LifecycleStep,
    PackageSpec,
    PrivacyEntry,
    ScheduledTask,
    Transient,
)

_REASON = _("Der Suchindex wird am neuen Ort neu aufgebaut.")

PACKAGE = PackageSpec(
    slug="search",
    label=_("Suche"),
    apps=(App(name="verbund.search", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.search.urls_public",
    urls_staff="verbund.search.urls_staff",
    probes="verbund.search.probes:PROBES",
    ports={"SearchIndex": "verbund.search.ports:search_index"},
    context="verbund.search.context:shell",
    commands={"search": "verbund.search.cli:register"},
    command_probes="verbund.search.probes:COMMANDS",
    schedule=(
        ScheduledTask(task="search.rebuild", every_seconds=86_400, per_municipality=True),
        ScheduledTask(task="search.keep_current", every_seconds=300, per_municipality=True),
    ),
    lifecycle=Lifecycle(
        doctor=(
            DoctorCheck(
                name="search", label=_("Suche"), order=60, check="verbund.search.checks:look_at_index"
            ),
        ),
        transient=(
            Transient(model="search.Document", reason=_REASON),
            Transient(model="search.Word", reason=_REASON),
        ),
        provision=(
            LifecycleStep(
                name="search_index",
                label=_("Suchindex aufbauen"),
                order=895,
                check="verbund.search.steps:is_done",
                do="verbund.search.steps:rebuild",
                undo="verbund.search.steps:undo",
            ),
        ),
        restore=(
            LifecycleStep(
                name="search_index",
                label=_("Suchindex aufbauen"),
                order=600,
                check="verbund.search.steps:is_never_done",
                do="verbund.search.steps:rebuild",
                undo="verbund.search.steps:undo",
            ),
        ),
    ),
    privacy=(
        PrivacyEntry(model="search.Document", purpose=_("Seiten und Vorgänge finden"), personal=False),
        PrivacyEntry(model="search.Word", purpose=_("Vertippte Suchwörter verstehen"), personal=False),
    ),
)
