# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser cannot do between two municipalities: report what lies next door, let time pass, tidy up.

`misplaced GIVER OTHER` prints the number of a report of the first that lies in the second. `sweep MEMBER …` is one round of
the exchange in each, after the time a report waits for second thoughts. `forget REFERENCE MEMBER …` takes it and what
came of it away again, so that the next test finds Luckau empty.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from tenants import directory  # noqa: E402
from tests.factories.defects import make_report, middle, photo_upload  # noqa: E402
from tests.factories.exchange import sweep  # noqa: E402
from verbund.files.api import store_photo  # noqa: E402
from verbund.kernel import clock, context  # noqa: E402
from verbund.kernel.actors import SYSTEM  # noqa: E402
from verbund.kernel.context import Municipality  # noqa: E402
from verbund.modules.defects.handing_over import HOLD  # noqa: E402
from verbund.modules.defects.models import Handover, Report, ReportPhoto  # noqa: E402
from verbund.modules.defects.spine import forget_report  # noqa: E402
from verbund.places.geometry import bounds_of_point  # noqa: E402
from verbund.places.models import Location  # noqa: E402


def main() -> None:
    step, *arguments = sys.argv[1:]
    members = {member.slug: member for member in directory.active()}
    if step == "misplaced":
        sys.stdout.write(_misplaced(*(members[slug] for slug in arguments)) + "\n")
    elif step == "sweep":
        sweep(*(members[slug] for slug in arguments), at=clock.now() + HOLD + timedelta(minutes=1))
    else:
        reference, *slugs = arguments
        for slug in slugs:
            _forget(members[slug], reference)


def _misplaced(giver: Municipality, other: Municipality) -> str:
    """With one photo the office has released."""
    with context.enter(other):
        box = bounds_of_point(*middle())
    with context.enter(giver):
        report, now = make_report(address="Am Markt 1, 15926 Luckau"), clock.now()
        Location.objects.filter(pk=report.location_id).update(box=box)
        photo = store_photo(upload=photo_upload(), owner=f"defects.report:{report.pk}", by=SYSTEM, at=now)
        ReportPhoto.objects.create(report=report, file=photo, position=0, released_at=now)
        return report.reference


def _forget(member: Municipality, reference: str) -> None:
    with context.enter(member):
        came = Handover.objects.filter(partner_reference=reference).values("report")
        for report in Report.objects.filter(reference=reference) | Report.objects.filter(pk__in=came):
            forget_report(report)


if __name__ == "__main__":
    main()
