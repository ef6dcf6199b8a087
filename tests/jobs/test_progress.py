# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A job is worked on by one at a time, goes on where it stopped, and says why it failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from verbund.jobs import progress
from verbund.jobs.models import Job, JobStep, State
from verbund.jobs.progress import STALE_AFTER, Step, claim, give_up_all, open_job, run_steps, stale_jobs
from verbund.kernel import clock, context
from verbund.kernel.errors import Conflict

NOW = clock.now()
LONG_AGO = NOW - 2 * STALE_AFTER
NAMES = ("first", "second", "third")


def opened(subject: str = "m_000001") -> Job:
    with context.enter_association():
        return open_job(
            kind="tests.build",
            subject=subject,
            title="Bauen",
            steps=[(name, name.title()) for name in NAMES],
            requested_by="",
            at=LONG_AGO,
        )


def claimed(job: Job, **options: object) -> Job:
    found = claim(job.pk, **{"at": clock.now(), **options})
    assert found is not None
    return found


def states(job: Job) -> list[str]:
    with context.enter_association():
        return [
            Job.objects.get(pk=job.pk).state,
            *JobStep.objects.filter(job=job).values_list("state", flat=True),
        ]


class Work:
    """Steps that note that they ran; what ran is done."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def steps(self, **instead: Callable[[], None]) -> list[Step]:
        return [
            Step(
                name=name,
                label=name.title(),
                is_done=lambda name=name: name in self.ran,
                run=instead.get(name, lambda name=name: self.ran.append(name)),
            )
            for name in NAMES
        ]


def test_steps_run_in_order(db):
    job, work = opened(), Work()

    assert run_steps(claimed(job), work.steps()) == State.DONE
    assert work.ran == list(NAMES)
    assert states(job) == [State.DONE] * 4


def test_same_work_is_opened_once(db):
    opened()

    with pytest.raises(Conflict):
        opened()


def test_known_reason_stops_the_job_and_is_kept(db):
    def refuse() -> None:
        raise Conflict("Der Host gehört schon jemandem.")

    job, work = opened(), Work()

    assert run_steps(claimed(job), work.steps(second=refuse)) == State.FAILED
    assert states(job) == [State.FAILED, State.DONE, State.FAILED, State.WAITING]
    with context.enter_association():
        assert Job.objects.get(pk=job.pk).message == "Der Host gehört schon jemandem."


def test_mistake_stops_the_job_and_is_raised(db):
    job = opened()

    with pytest.raises(ZeroDivisionError):
        run_steps(claimed(job), Work().steps(second=lambda: 1 / 0))
    assert states(job) == [State.FAILED, State.DONE, State.FAILED, State.WAITING]


def test_killed_worker_s_job_goes_on_where_it_stopped(db):
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    job, work = opened(), Work()
    with pytest.raises(Killed):
        run_steps(claimed(job, at=LONG_AGO), work.steps(second=die))
    assert claim(job.pk, at=clock.now()) is None, "its heartbeat is young"
    later = clock.now() + STALE_AFTER + timedelta(seconds=1)

    assert stale_jobs("tests.build", at=later) == [job.pk]
    assert run_steps(claimed(job, at=later), work.steps()) == State.DONE
    assert work.ran == list(NAMES)


def test_runner_that_was_silent_for_too_long_writes_nothing_any_more(db):
    job, work = opened(), Work()
    slow = claimed(job, at=LONG_AGO)
    other = Work()

    def overtaken() -> None:
        assert run_steps(claimed(job, at=clock.now() + 2 * STALE_AFTER), other.steps()) == State.DONE

    assert run_steps(slow, work.steps(second=overtaken)) == State.RUNNING
    assert work.ran == ["first"]
    assert other.ran == list(NAMES)
    assert states(job) == [State.DONE] * 4


@pytest.mark.django_db(transaction=True)
def test_step_that_takes_long_is_not_taken_for_dead(monkeypatch):
    monkeypatch.setattr(progress, "_BEAT_SECONDS", 0.02)
    job = opened()
    ours = claimed(job)

    def wait() -> None:
        with context.enter_association():
            Job.objects.filter(pk=job.pk).update(heartbeat_at=LONG_AGO)
        for _turn in range(250):
            time.sleep(0.02)
            with context.enter_association():
                if Job.objects.get(pk=job.pk).heartbeat_at > LONG_AGO:
                    return
        pytest.fail("nothing told that the worker lives")

    assert run_steps(ours, Work().steps(second=wait)) == State.DONE


def test_job_that_nobody_began_is_found(db):
    job = opened()

    assert stale_jobs("tests.build", at=NOW) == [job.pk]
    assert stale_jobs("tests.other", at=NOW) == []


def test_given_up_job_may_be_taken_at_once(db):
    job = opened()
    claimed(job)

    assert give_up_all("tests.build", at=clock.now()) == [job.pk]
    assert claim(job.pk, at=clock.now()) is not None


def test_ended_job_is_not_taken_again(db):
    job = opened()
    run_steps(claimed(job), Work().steps())

    assert claim(job.pk, at=clock.now() + 2 * STALE_AFTER) is None
    assert give_up_all("tests.build", at=clock.now()) == []
