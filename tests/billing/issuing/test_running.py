# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Issuing as a job: watched, killed half-way, taken up again, in two places at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing import tasks
from billing.closing.approving import withdraw_approval
from billing.closing.models import BillingPeriod
from billing.closing.states import State
from billing.issuing import keeping, running, waiting
from billing.issuing.composing import compose
from billing.issuing.issuing import issue_period
from billing.issuing.models import Document, Issuer, IssueRun, NumberRange, Recipient
from billing.issuing.running import newest_run, request_issue, resume, run_issue
from billing.issuing.writing import write
from billing.receivables.models import Item
from tests.factories.accounts import make_person
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import approved_month, make_recipient
from verbund.accounts.api import actor_for
from verbund.accounts.models import Person
from verbund.jobs.models import Job
from verbund.jobs.models import State as JobState
from verbund.jobs.progress import STALE_AFTER
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Forbidden, Invalid


class Killed(BaseException):
    """As SIGKILL: nothing of ours catches it."""


@pytest.fixture
def month(heideblick, luckau, in_association, time_machine):
    time_machine.move_to(AT, tick=False)
    return approved_month(heideblick, luckau)


def requested(**values):
    return request_issue(**{"period": OCTOBER, "by": finance(), "at": AT, **values})


def again(run):
    return IssueRun.objects.select_related("job").get(pk=run.pk)


def numbers(family):
    return sorted(Document.objects.filter(number__startswith=family).values_list("number", flat=True))


def assert_whole():
    """Each document once, numbers without gaps, and the accounts say the same."""
    assert numbers("RE") == [f"RE-2026-{number:05d}" for number in range(1, 7)]
    assert numbers("UB") == ["UB-2026-00001", "UB-2026-00002"]
    assert Document.objects.values("statement", "regime").distinct().count() == 8
    assert dict(NumberRange.objects.values_list("family", "last")) == {"RE": 6, "UB": 2}
    assert sorted(Item.objects.values_list("number", flat=True)) == numbers("RE") + numbers("UB")


def test_a_worker_issues_what_was_asked_for_in_the_name_of_who_asked(month):
    by = finance()

    run = requested(by=by)
    tasks.issue.apply(args=[run.job_id], headers={"verbund_scope": "association"}, throw=True)

    found = again(run)
    assert (found.job.state, found.members_done, found.members, found.documents) == (JobState.DONE, 2, 2, 8)
    assert_whole()
    assert set(Document.objects.values_list("issued_by", flat=True)) == {int(by.id)}
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.ISSUED


@pytest.mark.parametrize("at_document", [1, 4, 8])
def test_a_worker_killed_at_any_document_leaves_no_gap_and_nothing_twice(month, monkeypatch, at_document):
    written = []

    def dying(draft, **values):
        written.append(draft.number)
        if len(written) == at_document:
            raise Killed
        return write(draft, **values)

    run = requested()
    monkeypatch.setattr(keeping, "write", dying)
    with pytest.raises(Killed):
        run_issue(run.job_id)
    assert Document.objects.count() == at_document - 1
    assert again(run).job.state == JobState.RUNNING
    monkeypatch.setattr(keeping, "write", write)

    Job.objects.filter(pk=run.job_id).update(heartbeat_at=clock.now() - 2 * STALE_AFTER)
    assert resume(at=clock.now()) == 1

    assert again(run).job.state == JobState.DONE
    assert again(run).documents == 8
    assert_whole()


def test_a_living_worker_is_left_alone(month):
    run = requested()
    Job.objects.filter(pk=run.job_id).update(state=JobState.RUNNING, heartbeat_at=clock.now(), attempt=1)

    assert resume(at=clock.now() + timedelta(seconds=1)) == 0
    assert run_issue(run.job_id) is False
    assert not Document.objects.exists()


def test_two_at_once_issue_each_document_once(month, monkeypatch):
    """The command line comes in while the worker holds a draft that is not there yet."""
    others = []

    def slow(*values, **more):
        draft = compose(*values, **more)
        monkeypatch.setattr(waiting, "compose", compose)
        others.extend(issue_period(period=OCTOBER, by=finance(), at=AT, today=TODAY).documents)
        return draft

    monkeypatch.setattr(waiting, "compose", slow)
    run = requested()

    assert run_issue(run.job_id)

    assert len(others) == 8
    assert again(run).documents == 8
    assert_whole()


def test_what_fails_is_listed_and_trying_again_makes_the_rest(month):
    Recipient.objects.filter(tenant=month.members[0]).update(leitweg_id="")
    first = requested()

    assert run_issue(first.job_id) is False

    found = again(first)
    assert (found.job.state, found.documents) == (JobState.FAILED, 5)
    assert found.job.message == "3 Dokumente fehlen noch. Die Liste sagt, warum."
    assert [(failure["slug"], failure["regime"]) for failure in found.failures] == [
        (month.members[0].slug, regime) for regime in ("PUB", "CSG", "STD")
    ]
    assert "Leitweg-ID" in found.failures[0]["fields"]["leitweg_id"]
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.APPROVED

    make_recipient(month.members[0])
    second = requested()

    assert run_issue(second.job_id)
    assert (again(second).documents, again(second).failures) == (8, [])
    assert newest_run(OCTOBER) == second
    assert_whole()


def test_a_rehearsal_writes_every_document_and_keeps_none(month):
    run = requested(is_rehearsal=True)

    assert run_issue(run.job_id)

    assert again(run).documents == 8
    assert (Document.objects.count(), NumberRange.objects.count()) == (0, 0)
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.APPROVED


def test_nothing_is_begun_that_cannot_be_issued(month):
    with pytest.raises(Forbidden):
        requested(by=actor_for(make_person("auditor")))
    with pytest.raises(Forbidden):
        requested(by=SYSTEM)
    requested()
    with pytest.raises(Conflict):
        requested()
    Issuer.objects.all().delete()
    with pytest.raises(Invalid):
        requested(is_rehearsal=True)
    assert IssueRun.objects.count() == 1


def test_who_has_left_issues_nothing(month):
    by = finance()
    run = requested(by=by)
    Person.objects.filter(pk=by.id).update(is_active=False)

    assert run_issue(run.job_id) is False

    assert "kein gültiges Konto" in again(run).job.message
    assert not Document.objects.exists()


def test_an_approval_is_not_taken_back_once_something_is_issued(month):
    Recipient.objects.filter(tenant=month.members[0]).update(leitweg_id="")
    run_issue(requested().job_id)

    with pytest.raises(Conflict):
        withdraw_approval(period=OCTOBER, reason="Irrtum", by=finance(), at=AT)

    assert BillingPeriod.objects.get(month=OCTOBER.first).state == State.APPROVED


def test_an_approval_taken_back_while_a_worker_writes_ends_its_work(month, monkeypatch):
    def slow(*values, **more):
        draft = compose(*values, **more)
        monkeypatch.setattr(waiting, "compose", compose)
        withdraw_approval(period=OCTOBER, reason="Irrtum", by=finance(), at=AT)
        return draft

    monkeypatch.setattr(waiting, "compose", slow)
    run = requested()

    assert run_issue(run.job_id) is False

    assert not Document.objects.exists()
    assert len(again(run).failures) == 8
    assert running.newest_run(OCTOBER).job.state == JobState.FAILED
