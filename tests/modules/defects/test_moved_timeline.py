# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to reports before their cases had a timeline is still there."""

from __future__ import annotations

import importlib

import pytest
from django.db import connection

from tests.factories.defects import make_report
from verbund.cases.models import TimelineEntry
from verbund.kernel import context

_AS_IT_WAS = """
WITH defects_timelineentry (id, report_id, kind, is_public, state, text, expected_on, at, forwarded_to,
    author_kind, author_id) AS (
    SELECT given.*, timestamptz '2026-05-04 10:00+02', '', 'person', '7'
    FROM (VALUES
        (1, %(report)s, 'SUBMITTED', true, 'RECEIVED', '', null::date),
        (2, %(report)s, 'STATE', true, 'SCHEDULED', 'Wir kommen.', '2026-06-01'),
        (3, %(report)s, 'STATE', true, 'DONE', 'Fertig.', '2026-06-01'),
        (4, %(other)s, 'NOTE', false, 'RECEIVED', 'Leiter nötig', null)
    ) AS given
)
"""


@pytest.mark.django_db
def test_entries_keep_their_order_and_find_the_case_of_their_report(heideblick):
    migration = importlib.import_module("verbund.modules.defects.migrations.0005_timeline_of_cases")
    with context.enter(heideblick), connection.cursor() as cursor:
        report, other = make_report(), make_report()
        TimelineEntry.objects.all().delete()

        cursor.execute(_AS_IT_WAS + migration.ENTRIES, {"report": report.pk, "other": other.pk})

        kept = report.case.timeline.values_list("kind", "state", "text", "expected_on__month", "author_id")
        assert list(kept) == [
            ("SUBMITTED", "RECEIVED", "", None, "7"),
            ("STATE", "SCHEDULED", "Wir kommen.", 6, "7"),
            # The day was said with the step that named it, and only there.
            ("STATE", "DONE", "Fertig.", None, "7"),
        ]
        assert [entry.text for entry in other.case.timeline.filter(is_public=False)] == ["Leiter nötig"]
