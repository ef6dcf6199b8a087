# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the jobs package brings."""

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
)

PACKAGE = PackageSpec(
    slug="jobs",
    label=_("Aufträge"),
    apps=(App(name="verbund.jobs", scope=AppScope.ASSOCIATION),),
    lifecycle=Lifecycle(
        offboard=(
            LifecycleStep(
                name="queue",
                label=_("Wartende Nachrichten und Aufträge entfernen"),
                order=540,
                check="verbund.jobs.leaving:queue_is_empty",
                do="verbund.jobs.leaving:empty_queue",
                undo="verbund.jobs.leaving:never",
            ),
        ),
        doctor=(
            DoctorCheck(name="jobs", label=_("Aufträge"), order=60, check="verbund.jobs.checks:look_at_jobs"),
        ),
    ),
    privacy=(
        PrivacyEntry(model="jobs.Job", purpose=_("Lange Vorgänge nachvollziehbar ausführen"), personal=False),
        PrivacyEntry(model="jobs.JobStep", purpose=_("Schritte langer Vorgänge zeigen"), personal=False),
    ),
)
