# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way of a month on the command line: with a personal key and its second factor, or not at all."""

from __future__ import annotations

import argparse
import json
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from billing import period_commands
from billing.closing.approving import mark_issued
from billing.closing.models import BillingPeriod, Run
from billing.closing.monthly import follow_months, request_calculation, resume, run_calculation
from billing.costs.structure import add_cost_centre
from billing.fixed_months import TookPart
from billing.permissions import BillingPermission
from tests.factories.accounts import make_person
from tests.factories.closing import AT, NOON, OCTOBER, finance, make_books
from tests.factories.metering import use
from verbund.accounts.api import actor_for
from verbund.accounts.errors import TokenRefused
from verbund.accounts.services.tokens import issue_token
from verbund.jobs.models import Job
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Conflict, Forbidden, Invalid

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RIGHTS = (BillingPermission.CALCULATE, BillingPermission.APPROVE, BillingPermission.CLOSE)


@pytest.fixture
def books(heideblick, luckau, in_association):
    return make_books(heideblick, luckau)


@pytest.fixture
def key(tmp_path):
    """A file with the key of somebody of the finance department, with or without an app."""

    def make(*rights, has_app=True):
        person = make_person("finance")
        if has_app:
            TOTP.activate(person, SECRET)
        actor = actor_for(person)
        _row, text = issue_token(name="CLI", scopes=rights or RIGHTS, by=actor, at=clock.now())
        file = tmp_path / f"key-{person.pk}"
        file.write_text(text, encoding="utf-8")
        return str(file), actor

    return make


@pytest.fixture
def run(capsys):
    """As the command line calls it, outside of any scope."""

    def call(action, *arguments):
        parser = argparse.ArgumentParser()
        period_commands.register(parser.add_subparsers())
        options = parser.parse_args(["billing", action, "--period", "2026-10", *arguments])
        status = options.run(options)
        written = capsys.readouterr()
        return status, written.out, written.err

    return call


def code(shift=0):
    step = next(iter(yield_hotp_counters_from_time())) + shift
    return format_hotp_value(hotp_value(SECRET, step))


def test_two_persons_take_a_month_from_calculated_to_closed(books, key, run):
    first, _one = key()
    second, other = key()

    done = json.loads(run("calculate", "--json", "--token-file", first, "--code", code())[1])
    assert (done["state"], done["run"], done["is_new"]) == ("CALCULATED", 1, True)
    status, out, _said = run("approve", "--token-file", second, "--code", code())
    assert (status, out) == (0, "Der Monat 2026-10 ist jetzt: freigegeben.\n")
    mark_issued(period=OCTOBER, by=other, at=AT)
    closed = run("close", "--json", "--token-file", second, "--code", code(1))[1]

    assert json.loads(closed)["state"] == "CLOSED"
    assert BillingPeriod.objects.get(month=OCTOBER.first).approved_by == int(other.id)


def test_the_same_person_with_another_key_does_not_approve(books, key, run, tmp_path):
    first, one = key()
    run("calculate", "--token-file", first, "--code", code())
    _row, text = issue_token(name="zweiter", scopes=[BillingPermission.APPROVE], by=one, at=clock.now())
    (tmp_path / "other").write_text(text, encoding="utf-8")

    with pytest.raises(TookPart):
        run("approve", "--token-file", str(tmp_path / "other"), "--code", code(1))


def test_a_run_says_what_it_changed(books, key, run):
    file, _one = key()
    run("calculate", "--token-file", file, "--code", code())
    use(books.members[0].number, "http.requests", 100, NOON)

    changed = run("calculate", "--token-file", file, "--code", code(1))[1]
    # 40 % of 500 euros by 400 and 100 of 500 requests, before by 300 and 100 of 400.
    assert "Luckau: 724,50 € → 714,50 € (−10,00 €)" in changed
    assert Run.objects.count() == 2


def test_a_trial_writes_nothing(books, run):
    status, out, said = run("calculate", "--dry-run")

    assert (status, said) == (0, "")
    assert "Probe: Es wurde nichts geschrieben." in out
    assert Run.objects.count() == 0


def test_without_a_key_nothing_happens(books, run):
    for action in ("calculate", "approve", "close"):
        with pytest.raises(Invalid) as refused:
            run(action)
        assert list(refused.value.fields) == ["token_file"]
    assert Run.objects.count() == 0


def test_a_key_alone_is_not_enough(books, key, run):
    with_app, _one = key()
    without, _other = key(has_app=False)
    used = code()
    run("calculate", "--token-file", with_app, "--code", used)

    for file, given in ((with_app, ""), (with_app, "000000"), (with_app, used), (without, "")):
        with pytest.raises(Forbidden):
            run("approve", "--token-file", file, "--code", given)
    assert BillingPeriod.objects.get(month=OCTOBER.first).state == "CALCULATED"


def test_a_key_without_the_right_or_of_nobody_is_refused(books, key, run, tmp_path):
    file, _one = key(BillingPermission.CALCULATE)
    with pytest.raises(Forbidden, match="billing:period:approve"):
        run("approve", "--token-file", file, "--code", code())
    (tmp_path / "wrong").write_text("vb_association_" + "x" * 43, encoding="utf-8")
    with pytest.raises(TokenRefused):
        run("approve", "--token-file", str(tmp_path / "wrong"), "--code", code())
    with pytest.raises(Invalid, match="nicht lesbar"):
        run("approve", "--token-file", str(tmp_path / "none"))


def test_what_stands_in_the_way_is_said_before_anything_is_tried(books, key, run):
    file, _one = key()
    add_cost_centre(code="neu", title="Neu", service=books.levy, key="kopf", by=SYSTEM, at=AT)

    status, _out, said = run("approve", "--token-file", file, "--code", code())
    assert (status, said.splitlines()[0][:30]) == (1, "Für die Kostenstelle „Neu“ sin")


def test_the_monthly_run_is_a_job_that_is_taken_up_again(books):
    one = finance()
    job = request_calculation(period=OCTOBER, by=one, at=AT)
    with pytest.raises(Conflict):
        request_calculation(period=OCTOBER, by=one, at=AT)

    assert resume(at=AT.replace(hour=10)) == 1
    job.refresh_from_db()
    assert (job.state, [step.state for step in job.steps.all()]) == ("DONE", ["DONE", "DONE"])
    assert run_calculation(job.pk) is False
    assert BillingPeriod.objects.get(month=OCTOBER.first).participations.get().person == int(one.id)
    assert Job.objects.filter(kind="billing.calculate").count() == 1


def test_a_month_that_is_over_goes_into_its_grace_period(books):
    assert follow_months(at=AT) == 1
    row = BillingPeriod.objects.get(month=OCTOBER.first)
    assert (row.state, row.grace_until) == ("GRACE", date(2026, 11, 4))
    assert follow_months(at=AT) == 0
    with context.enter_association():
        assert BillingPeriod.objects.count() == 1
