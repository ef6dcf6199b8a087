# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Postings over the API: each document in a file once, and the file byte for byte."""

from __future__ import annotations

import hashlib

import pytest

from billing.permissions import BillingPermission
from tests.factories.accounts import client_for, make_person
from tests.factories.receivables import give_accounts, take
from verbund.accounts.api import actor_for
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context

EXPORT = "/api/v1/billing/periods/2026-10/export/"


@pytest.fixture
def program(db):
    def make(*scopes):
        with context.enter_association():
            person = make_person("finance")
            _row, text = issue_token(name="ERP", scopes=scopes, by=actor_for(person), at=clock.now())
        return client_for(None, headers={"Authorization": f"Bearer {text}"})

    return make


@pytest.fixture
def officer(program):
    return program(BillingPermission.MANAGE_ACCOUNTS, BillingPermission.READ_ACCOUNTS)


def export(client, **values):
    return client.post(EXPORT, values, content_type="application/json")


def test_month_is_handed_out_once_and_can_be_had_again(officer, luckau):
    with context.enter_association():
        give_accounts(luckau)
        take(luckau)

    first, again = export(officer, profile="hkr-csv").json(), export(officer, profile="hkr-csv").json()

    assert (first["created"], again["created"]) == (1, 0)
    assert first["files"] == again["files"]
    file = first["files"][0]
    assert (file["postings"], file["cents"]) == (1, 11_900)
    answer = officer.get(f"/api/v1/billing/exports/{file['number']}/")
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
    assert file["filename"] in answer.headers["Content-Disposition"]


def test_missing_account_and_unknown_profile_are_problems(officer, luckau):
    with context.enter_association():
        take(luckau)

    answer = export(officer)

    assert answer.status_code == 422
    assert {entry["field"] for entry in answer.json()["errors"]} == {"member.luckau", "income.STD"}
    assert export(officer, profile="gibt-es-nicht").status_code == 404
    assert officer.get("/api/v1/billing/exports/4711/").status_code == 404


def test_reading_is_not_handing_out(program, luckau):
    reader = program(BillingPermission.READ_ACCOUNTS)

    assert export(reader).status_code == 403
    assert program(BillingPermission.READ_PERIODS).get("/api/v1/billing/exports/1/").status_code == 403
