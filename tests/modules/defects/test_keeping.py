# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports go five years after they were closed, with everything that hangs on them, and nothing goes earlier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.defects import make_report, photo_upload
from tests.factories.privacy_periods import archive_does_without
from verbund.audit.models import AuditEntry
from verbund.cases.models import Case, Contact, TimelineEntry
from verbund.files import api as files
from verbund.files.models import StoredFile
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.modules.defects.models import Report, Reporter
from verbund.modules.defects.states import State
from verbund.privacy.periods.deleting import delete_due
from verbund.privacy.periods.tasks import delete_due as delete_every_night

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OVER = NOW.replace(year=2021)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _without_archive(heideblick, luckau):
    archive_does_without(heideblick, luckau)


def closed(at: datetime, state: State = State.DONE, **fields) -> Report:
    report = make_report(at=OVER - timedelta(days=90))
    Report.objects.filter(pk=report.pk).update(state=state, closed_at=at, **fields)
    return report


def deleted(at: datetime) -> int:
    return delete_due(slug="defects.report", by=SYSTEM, at=at)["defects.report"]


def test_a_report_goes_after_five_years_with_all_that_hangs_on_it(in_heideblick):
    photo = files.store_photo(upload=photo_upload(), owner="defects.draft:x", by=CITIZEN, at=OVER)
    report = make_report(email="ada@example.org", photos=(photo.pk,), at=OVER - timedelta(days=90))
    Report.objects.filter(pk=report.pk).update(state=State.DONE, closed_at=OVER)

    assert deleted(NOW) == 1

    for model in (Report, Reporter, TimelineEntry, Case, Contact, StoredFile):
        assert not model.objects.exists(), model
    row = AuditEntry.objects.get(action="defects.report.deleted")
    assert (row.subject, row.changes["reference"]) == (f"defects.report:{report.pk}", report.reference)


def test_nothing_goes_earlier_and_nothing_that_is_open(in_heideblick):
    kept = {closed(OVER + timedelta(seconds=1)), make_report(at=OVER - timedelta(days=900))}
    kept.add(closed(OVER, State.REOPEN_REQUESTED))

    assert deleted(NOW) == 0

    assert set(Report.objects.all()) == kept


def test_a_report_waits_for_the_younger_ones_that_repeat_it(in_heideblick):
    original = closed(OVER)
    younger = closed(OVER + timedelta(days=1), State.DUPLICATE, duplicate_of=original)
    both = closed(OVER)
    closed(OVER, State.DUPLICATE, duplicate_of=both)

    assert deleted(NOW) == 2
    assert set(Report.objects.all()) == {original, younger}

    assert deleted(NOW + timedelta(days=1)) == 2


def test_on_a_leap_day_the_28th_counts(in_heideblick):
    closed(datetime(2023, 2, 28, 9, 0, tzinfo=UTC))

    assert deleted(datetime(2028, 2, 29, 9, 0, tzinfo=UTC)) == 1


def test_the_task_is_for_one_municipality(in_heideblick):
    closed(OVER)

    assert delete_every_night.run() == 1
