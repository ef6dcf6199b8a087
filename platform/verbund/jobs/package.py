# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the jobs package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.specs import App, AppScope, PackageSpec, PrivacyEntry

PACKAGE = PackageSpec(
    slug="jobs",
    label=_("Aufträge"),
    apps=(App(name="verbund.jobs", scope=AppScope.ASSOCIATION),),
    privacy=(
        PrivacyEntry(model="jobs.Job", purpose=_("Lange Vorgänge nachvollziehbar ausführen"), personal=False),
        PrivacyEntry(model="jobs.JobStep", purpose=_("Schritte langer Vorgänge zeigen"), personal=False),
    ),
)
