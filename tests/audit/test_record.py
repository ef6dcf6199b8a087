# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows are written with the change, by name of the actor, and only so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from verbund.audit import api, queries
from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM, Actor
from verbund.kernel.context import NoContext

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
CLERK = Actor(kind="person", id="7", role="clerk", name="Ada Muster", acting_for="Luckau")


def test_row_says_who_did_what_to_which_object_and_why(in_heideblick):
    with context.request("abc123"):
        api.record(
            action="defects.report.answered",
            subject="defects.report:5",
            by=CLERK,
            changes={"state": ["open", "done"]},
            reason="erledigt",
            at=AT,
        )

    entry = AuditEntry.objects.get(action="defects.report.answered")
    assert (entry.actor_kind, entry.actor_id, entry.actor_role, entry.acting_for) == (
        "person",
        "7",
        "clerk",
        "Luckau",
    )
    assert (entry.action, entry.subject, entry.changes) == (
        "defects.report.answered",
        "defects.report:5",
        {"state": ["open", "done"]},
    )
    assert (entry.reason, entry.request_id, entry.at) == ("erledigt", "abc123", AT)


def test_name_of_the_actor_is_not_kept(in_heideblick):
    api.record(action="x.y.z", subject="x.y:1", by=CLERK, at=AT)

    assert "Ada" not in str(AuditEntry.objects.filter(action="x.y.z").values().get())


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(heideblick):
    with context.enter(heideblick), pytest.raises(api.OutsideTransaction):
        api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
def test_row_disappears_with_the_change_it_is_about(heideblick):
    with context.enter(heideblick):
        before = AuditEntry.objects.count()
        with transaction.atomic():
            api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)
            transaction.set_rollback(True)
        assert AuditEntry.objects.count() == before


def test_recording_without_scope_is_refused(db):
    with pytest.raises(NoContext):
        api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)


def test_rows_of_the_neighbour_are_not_seen(heideblick, luckau):
    with context.enter(luckau):
        theirs = AuditEntry.objects.count()
    with context.enter(heideblick):
        api.record(action="x.y.z", subject="x.y:1", by=SYSTEM, at=AT)
    with context.enter(luckau):
        assert AuditEntry.objects.count() == theirs
        assert not AuditEntry.objects.filter(action="x.y.z").exists()


def test_filter_finds_by_day_actor_action_and_subject(in_heideblick):
    api.record(action="defects.report.answered", subject="defects.report:5", by=CLERK, at=AT)
    api.record(
        action="defects.report.opened", subject="defects.report:55", by=SYSTEM, at=AT.replace(day=20, hour=9)
    )

    def found(**wanted):
        return [
            entry.subject
            for entry in queries.find(queries.AuditFilter(**wanted))
            if entry.subject.startswith("defects")
        ]

    # 23:30 UTC is half past midnight of the next day in Berlin.
    assert found(since=date(2026, 11, 23), until=date(2026, 11, 23)) == ["defects.report:5"]
    assert found(since=date(2026, 11, 20), until=date(2026, 11, 20)) == ["defects.report:55"]
    assert found(actor_kind="person", actor_id="7") == ["defects.report:5"]
    assert found(action="defects.report.op") == ["defects.report:55"]
    assert found(subject="defects.report:5") == ["defects.report:5", "defects.report:55"]
    assert [row.action for row in queries.rows(queries.AuditFilter(subject="defects.report:55"))] == [
        "defects.report.opened"
    ]


def test_reading_personal_data_is_recorded_with_the_names_of_the_fields(in_heideblick):
    api.record_read(
        action="defects.reporter.read", subject="defects.report:5", by=CLERK, at=AT, fields=["email", "phone"]
    )

    assert AuditEntry.objects.get(action="defects.reporter.read").changes == {"email": None, "phone": None}
