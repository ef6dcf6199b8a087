# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's reports: believable, within every rule of the module, the same at every start."""

from __future__ import annotations

import itertools
import time

import pytest

from verbund.cases.models import Case, CaseCounter
from verbund.kernel import clock
from verbund.metering.facts.models import Fact
from verbund.modules.defects import sample
from verbund.modules.defects.models import Category, Report, ReportPhoto
from verbund.modules.defects.placing import is_inside
from verbund.modules.defects.states import STEPS, State, light_of
from verbund.places.services import load_sample


@pytest.fixture(autouse=True)
def _filled(in_heideblick, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_sample(in_heideblick)
    sample.fill(in_heideblick)


def test_fill_makes_reports_of_many_states_and_categories():
    reports = list(Report.objects.all())

    assert 13 <= len(reports) <= 18
    assert len({report.state for report in reports}) >= 7
    assert len({light_of(report.shown_state) for report in reports}) == 4
    assert len({report.category_id for report in reports}) >= Category.objects.count() // 2
    assert ReportPhoto.objects.count() >= len(reports) // 2
    assert Fact.objects.filter(meter="defects.reports").count() == len(reports)


def test_fill_keeps_the_rules():
    now = clock.now()
    for report in Report.objects.all():
        assert is_inside(report.latitude, report.longitude)
        entries = list(report.case.timeline.all())
        moments = [entry.at for entry in entries]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        states = [State(entry.state) for entry in entries]
        assert states[-1] == report.state
        for before, after in itertools.pairwise(states):
            assert (before, after) in STEPS


def test_fill_again_changes_nothing(in_heideblick):
    before = list(Report.objects.values_list("reference", "state", "location__address", "description"))

    sample.fill(in_heideblick)

    assert (
        list(Report.objects.values_list("reference", "state", "location__address", "description")) == before
    )


def test_fill_is_quick(in_heideblick):
    ReportPhoto.objects.all().delete()
    Report.objects.filter(duplicate_of__isnull=False).delete()
    Report.objects.all().delete()
    Case.objects.filter(kind="defects.report").delete()
    CaseCounter.objects.all().delete()
    start = time.monotonic()

    sample.fill(in_heideblick)

    assert time.monotonic() - start < 1.5
