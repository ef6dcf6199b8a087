# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whoever only asked for a correction approves the month it is booked in neither over the API nor on the command line."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

import pytest
import time_machine

from billing import period_commands
from billing.closing.adjusting import approve_adjustment, correct_amount, withdraw_adjustment
from billing.closing.models import BillingPeriod
from billing.fixed_months import TookPart
from billing.permissions import BillingPermission
from tests.billing.closing.test_rest import PERIODS, RIGHTS, Officer
from tests.factories.closing import AT, NOON, NOVEMBER, OCTOBER, book, calculated, close, finance, make_books
from tests.factories.metering import use
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context

IN_DECEMBER = datetime(2026, 12, 20, 9, tzinfo=UTC)


def approved_by_another(adjustment):
    approve_adjustment(adjustment_id=adjustment.pk, by=finance(), at=AT)


def taken_back(adjustment):
    withdraw_adjustment(adjustment_id=adjustment.pk, by=finance(), at=AT)


@pytest.fixture(params=[approved_by_another, taken_back])
def asker(request, heideblick, luckau):
    """Somebody who asked for a correction of October, which became what it may become; November is calculated by others."""
    with context.enter_association():
        found = make_books(heideblick, luckau)
        close()
        book(found.centre, found.mixed, period=NOVEMBER)
        use(found.members[0].number, "http.requests", 10, NOON.replace(month=11))
    officer = Officer(*RIGHTS, BillingPermission.CORRECT)
    with context.enter_association():
        asked = correct_amount(
            origin=OCTOBER, tenant=found.members[0], service=found.mails, cents=-123, reason="Kulanz",
            by=officer.actor, at=AT,
        )  # fmt: skip
        request.param(asked)
    with time_machine.travel(IN_DECEMBER, tick=True):
        with context.enter_association():
            calculated(NOVEMBER, today=IN_DECEMBER.date())
        yield officer


def approve(officer):
    return officer.client.post(
        f"{PERIODS}2026-11/approve/", {"code": officer.code()}, content_type="application/json"
    )


def test_api_refuses_and_lets_another_person_approve(asker):
    refused = approve(asker)
    done = approve(Officer())

    assert (refused.status_code, [entry["field"] for entry in refused.json()["errors"]]) == (
        409,
        ["took_part"],
    )
    assert (done.status_code, done.json()["state"]) == (200, "APPROVED")


def test_command_line_refuses(asker, tmp_path):
    with context.enter_association():
        _row, text = issue_token(
            name="CLI", scopes=[BillingPermission.APPROVE], by=asker.actor, at=clock.now()
        )
    (tmp_path / "key").write_text(text, encoding="utf-8")
    parser = argparse.ArgumentParser()
    period_commands.register(parser.add_subparsers())
    options = parser.parse_args(
        ["billing", "approve", "--period", "2026-11", "--token-file", str(tmp_path / "key"), "--code", asker.code()]
    )  # fmt: skip

    with pytest.raises(TookPart):
        options.run(options)
    with context.enter_association():
        assert BillingPeriod.objects.get(month=NOVEMBER.first).state == "CALCULATED"
