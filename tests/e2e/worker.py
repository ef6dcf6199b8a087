# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provisioning worker for one journey: carries out every onboarding that waits, then ends.

The real worker takes its jobs from the broker; here the broker is away, which onboarding has to survive anyway.
"""

from __future__ import annotations

import django

django.setup()

from tenants.onboarding import JOB_KIND, run_onboarding  # noqa: E402
from verbund.jobs.models import Job, State  # noqa: E402
from verbund.kernel import context  # noqa: E402


def main() -> None:
    with context.enter_association():
        waiting = list(
            Job.objects.filter(kind=JOB_KIND, state=State.WAITING)
            .order_by("-pk")
            .values_list("pk", flat=True)
        )
    for job in waiting[:1]:
        run_onboarding(job)


if __name__ == "__main__":
    main()
