# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is over goes, by the period that counts in this municipality; what is held back stays."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.defects import make_clerk, make_report
from tests.factories.privacy_periods import archive_does_without, close_long_ago, hold
from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.cases.errors import CaseNotFound
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.modules.defects.models import Report
from verbund.privacy import record
from verbund.privacy.periods import cli, counting
from verbund.privacy.periods.changing import TO_TAKE_BACK, change_period
from verbund.privacy.periods.deleting import delete_due
from verbund.privacy.periods.errors import NeverDeleted, NoSuchRule, NotHeld
from verbund.privacy.periods.holding import hold_case, release_case
from verbund.privacy.periods.models import Hold, Period, Tombstone, Why
from verbund.public.feedback import close_feedback, submit_feedback

SLUG = "defects.report"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
AT = "/verwaltung/datenschutz/fristen/"


@pytest.fixture(autouse=True)
def _without_archive(heideblick, luckau):
    archive_does_without(heideblick, luckau)


def closed(at: datetime) -> Report:
    return close_long_ago(make_report(at=at - timedelta(days=30)), at=at)


def reports() -> set[Report]:
    return set(Report.objects.all())


def figures(at: datetime = NOW) -> counting.Due:
    return counting.due([counting.rule_of(SLUG)], at=at)[0]


def change(months: int, *, at: datetime = NOW) -> Period:
    return change_period(slug=SLUG, months=months, reason="Beschluss", by=SYSTEM, at=at)


def delete(at: datetime = NOW) -> int:
    return delete_due(slug=SLUG, by=SYSTEM, at=at)[SLUG]


def command(action: str, *more: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_actions(parser.add_subparsers())
    given = parser.parse_args([action, "--slug", "heideblick", *more])
    return int(given.run(given))


@pytest.mark.parametrize(
    ("at", "months", "then"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=UTC), 60, (2021, 11, 20)),
        (datetime(2026, 1, 15, 9, tzinfo=UTC), 1, (2025, 12, 15)),
        (datetime(2026, 12, 15, 9, tzinfo=UTC), 12, (2025, 12, 15)),
        (datetime(2028, 2, 29, 9, tzinfo=UTC), 60, (2023, 2, 28)),
        (datetime(2026, 3, 31, 9, tzinfo=UTC), 1, (2026, 2, 28)),
    ],
)
def test_months_ago_by_the_calendar(at, months, then):
    assert counting.months_before(at, months).date() == date(*then)


def test_looking_counts_and_deletes_nothing(in_heideblick):
    oldest = closed(NOW.replace(year=2019))
    closed(NOW.replace(year=2021))
    closed(NOW.replace(year=2021, month=12, day=5))  # in thirty days
    closed(NOW.replace(year=2025))
    held = closed(NOW.replace(year=2018))
    hold(held, by=SYSTEM, at=NOW)
    there = reports()

    found = figures()

    assert (found.now, found.soon, found.held) == (2, 1, 1)
    assert found.oldest == Report.objects.get(pk=oldest.pk).closed_at
    assert reports() == there


def test_each_object_that_goes_leaves_a_tombstone(in_heideblick):
    gone = closed(NOW.replace(year=2019))

    assert delete() == 1

    stone = Tombstone.objects.get()
    assert (stone.slug, stone.key, stone.months) == (SLUG, gone.reference, 60)
    assert stone.closed_at == NOW.replace(year=2019)
    row = AuditEntry.objects.get(action="privacy.period.deleted")
    assert row.changes == {"count": 1, "months": 60}


def test_what_is_held_stays_until_its_day_has_passed(in_heideblick):
    held = closed(NOW.replace(year=2019))
    hold(held, by=SYSTEM, until_on=date(2026, 12, 1), at=NOW)

    assert delete(NOW.replace(month=12, day=1)) == 0
    assert delete(NOW.replace(month=12, day=2)) == 1
    assert not Hold.objects.exists()


def test_what_is_let_go_goes(in_heideblick):
    reference = hold(closed(NOW.replace(year=2019)), by=SYSTEM, at=NOW)

    release_case(reference=reference, by=SYSTEM, at=NOW)

    assert delete() == 1
    other = closed(NOW.replace(year=2019))
    with pytest.raises(NotHeld):
        release_case(reference=other.reference, by=SYSTEM, at=NOW)


def test_a_hold_needs_a_day_that_comes(in_heideblick):
    report = make_report()

    for wrong in (date(2026, 11, 19), date(2037, 1, 1)):
        with pytest.raises(Invalid):
            hold(report, by=SYSTEM, until_on=wrong, at=NOW)


def test_a_shorter_period_waits_so_that_it_can_be_taken_back(in_heideblick):
    young = closed(NOW.replace(year=2023))
    change(24)

    assert delete(NOW + timedelta(days=6)) == 0
    change(60, at=NOW + timedelta(days=6))
    assert delete(NOW + timedelta(days=30)) == 0
    assert reports() == {young}

    change(24, at=NOW)
    assert delete(NOW + TO_TAKE_BACK) == 1


def test_changing_again_while_waiting_does_not_shorten_the_wait(in_heideblick):
    closed(NOW.replace(year=2023))
    change(24)

    change(30, at=NOW + timedelta(days=1))

    assert delete(NOW + timedelta(days=7)) == 0
    assert delete(NOW + timedelta(days=8)) == 1


def test_a_longer_period_counts_at_once(in_heideblick):
    closed(NOW.replace(year=2020))
    change(120)

    assert delete() == 0
    assert AuditEntry.objects.get(action="privacy.period.changed").changes == {"months": [60, 120]}


@pytest.mark.parametrize("months", [11, 121])
def test_the_bounds_hold(in_heideblick, months):
    with pytest.raises(Invalid) as refused:
        change(months)

    assert refused.value.fields == {"months": "Möglich sind 1 Jahr bis 10 Jahre."}


def test_nobody_changes_what_is_not_there(in_heideblick):
    with pytest.raises(NoSuchRule):
        change_period(slug="cases.case", months=24, reason="x", by=SYSTEM, at=NOW)
    with pytest.raises(Invalid):
        change_period(slug=SLUG, months=24, reason=" ", by=SYSTEM, at=NOW)


def test_periods_are_of_one_municipality(heideblick, luckau):
    with context.enter(heideblick):
        change(24)
    with context.enter(luckau):
        closed(NOW.replace(year=2023))

        assert figures(NOW + timedelta(days=30)).now == 0
        lines = {line.model: line.retention for part in record.chapters() for line in part.personal}
        assert lines["defects.Report"] == "5 Jahre nach dem Abschluss der Meldung"


def test_the_record_names_the_period_that_counts(in_heideblick):
    change_period(slug=SLUG, months=84, reason="Beschluss", by=SYSTEM, at=clock.now())

    lines = {line.model: line.retention for part in record.chapters() for line in part.personal}

    assert lines["defects.Report"] == "7 Jahre nach dem Abschluss der Meldung"


def test_feedback_on_barriers_can_be_held_too(in_heideblick):
    given = {"message": "Ging nicht auf.", "address": "", "name": "", "email": ""}
    feedback = submit_feedback(**given, at=NOW.replace(year=2020))
    close_feedback(feedback_id=feedback.pk, by=SYSTEM, at=NOW.replace(year=2020))
    until = date(2026, 12, 1)
    hold_case(reference=feedback.reference, why=Why.REVIEW, until_on=until, by=SYSTEM, at=NOW)

    assert delete_due(by=SYSTEM, at=NOW)["public.feedback"] == 0
    assert delete_due(by=SYSTEM, at=NOW + timedelta(days=30))["public.feedback"] == 1


def test_a_kind_without_period_needs_no_hold(in_heideblick, monkeypatch):
    report = make_report()
    report.case.kind = "public.feedback"
    report.case.save()
    monkeypatch.setattr("verbund.privacy.periods.holding.all_rules", dict)

    with pytest.raises(NeverDeleted):
        hold(report, by=SYSTEM, at=NOW)


def test_administrators_see_and_change_periods(heideblick):
    client = signed_in("administrator", heideblick)
    with context.enter(heideblick):
        close_long_ago(make_report())

    shown = client.get(AT).content.decode()
    answer = client.post(f"{AT}{SLUG}/", {"months": "24", "reason": "Beschluss"}, follow=True)

    assert "Mängelmeldungen" in shown
    assert "ältester Abschluss" in shown
    assert "2 Jahre ab" in answer.content.decode()
    assert signed_in("clerk", heideblick).get(AT).status_code == 403


def test_a_clerk_holds_a_case_and_lets_it_go(heideblick):
    client = signed_in("clerk", heideblick)
    with context.enter(heideblick):
        report = make_report()
        path = f"/verwaltung/datenschutz/vorgaenge/{report.reference}"
    until = clock.today() + timedelta(days=90)

    page = client.post(f"{path}/anhalten/", {"why": "DISPUTE", "until_on": str(until)}, follow=True)

    assert "Rechtsstreit oder Widerspruch" in page.content.decode()
    listed = signed_in("administrator", heideblick).get(AT).content.decode()
    assert report.reference in listed
    page = client.post(f"{path}/nicht-anhalten/", follow=True)
    assert "Nach dem Abschluss gilt die übliche Frist." in page.content.decode()


def test_who_only_reads_does_not_hold(heideblick):
    with context.enter(heideblick):
        report = make_report()
        path = f"/verwaltung/datenschutz/vorgaenge/{report.reference}/anhalten/"
    worker = signed_in("field_worker", heideblick)

    assert worker.get(path).status_code == 403
    assert worker.post(path, {"why": "DISPUTE", "until_on": "01.12.2030"}).status_code == 403
    with context.enter(heideblick):
        assert not Hold.objects.exists()


def test_the_command_counts_before_it_deletes(heideblick, capsys):
    with context.enter(heideblick):
        report = close_long_ago(make_report())

    assert command("delete", "--dry-run", "--kind", SLUG, "--json") == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["now"], row["deleted"]) == (1, 0)
    with context.enter(heideblick):
        assert reports() == {report}

    assert command("due") == 0
    assert "defects.report (Mängelmeldungen): 5 Jahre; fällig 1" in capsys.readouterr().out
    assert command("delete") == 0
    assert "fällig 1, davon beim Archiv 0, in 30 Tagen 0, angehalten 0, gelöscht 1" in capsys.readouterr().out
    with context.enter(heideblick):
        assert not reports()


def test_who_comes_too_late_is_told(in_heideblick):
    report = closed(NOW.replace(year=2019))
    assert delete() == 1

    with pytest.raises(CaseNotFound):
        hold(report, by=make_clerk(), at=NOW)
