# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A month's way over the API: a personal key with its second factor, and never by whoever took part."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import DatabaseError, transaction

from billing.closing.approving import mark_issued
from billing.closing.models import BillingPeriod, Run
from billing.costs.versions import add_key_version
from billing.issuing.models import IssueRun
from billing.issuing.running import run_issue
from billing.permissions import BillingPermission
from tests.factories.accounts import client_for, make_person
from tests.factories.closing import AT, EQUAL, FIRST, NOON, OCTOBER, calculated, make_books
from tests.factories.documents import make_issuer, make_recipient
from tests.factories.metering import use
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.accounts.reach.services import set_reach
from verbund.accounts.services.tokens import issue_token
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM

PERIODS, MONTH = "/api/v1/billing/periods/", "/api/v1/billing/periods/2026-10/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RIGHTS = [
    BillingPermission.READ_PERIODS,
    BillingPermission.CALCULATE,
    BillingPermission.APPROVE,
    BillingPermission.ISSUE,
    BillingPermission.CLOSE,
]


class Officer:
    """Somebody of the finance department with a personal key and an app."""

    def __init__(self, *rights: str, has_app: bool = True) -> None:
        with context.enter_association():
            self.person = make_person("finance")
            if has_app:
                TOTP.activate(self.person, SECRET)
            self.actor = actor_for(self.person)
            _row, text = issue_token(name="ERP", scopes=rights or RIGHTS, by=self.actor, at=clock.now())
        self.client = client_for(None, headers={"Authorization": f"Bearer {text}"})
        self._shift = 0

    def code(self) -> str:
        """The next code that was not used."""
        self._shift += 1
        step = next(iter(yield_hotp_counters_from_time())) + self._shift - 1
        return format_hotp_value(hotp_value(SECRET, step))

    def post(self, step: str, code: str | None = None, **more: Any) -> Any:
        data = {"code": self.code() if code is None else code, **more}
        return self.client.post(f"{MONTH}{step}/", data, content_type="application/json")


@pytest.fixture
def books(heideblick, luckau):
    with context.enter_association():
        return make_books(heideblick, luckau)


def state():
    with context.enter_association():
        return BillingPeriod.objects.get(month=OCTOBER.first).state


def fields_of(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    return [entry["field"] for entry in answer.json().get("errors", [])]


def test_two_persons_take_a_month_to_its_end(books):
    first, second = Officer(), Officer()

    done = first.post("calculate").json()
    assert (done["state"], done["run"]["number"], done["run"]["cents"]) == ("CALCULATED", 1, 154_526)
    assert (done["is_new"], done["next_state"], done["differences"]) == (True, "APPROVED", [])
    approved = second.post("approve", sha256=done["run"]["sha256"])
    assert (approved.status_code, approved.json()["state"]) == (200, "APPROVED")
    with context.enter_association():
        mark_issued(period=OCTOBER, by=second.actor, at=AT)
    # Within the tolerance a person has two codes; this one is of a third.
    third = Officer()
    assert third.post("close").json()["state"] == "CLOSED"


def test_months_say_what_they_wait_for(books):
    officer = Officer()

    months = officer.client.get(PERIODS).json()["results"]

    assert [(row["period"], row["state"]) for row in months] == [("2026-11", "OPEN"), ("2026-10", "GRACE")]
    # Nothing is asked of November before October is approved.
    assert [row["obstacles"] for row in months] == [None, []]
    november = officer.client.get(f"{PERIODS}2026-11/").json()["obstacles"]
    assert {"code", "sentence", "way_out"} == set(november[0])
    assert officer.client.get(MONTH).json() == months[1]
    assert officer.client.get(f"{PERIODS}2027-01/").status_code == 404
    assert officer.client.get(f"{PERIODS}heute/").status_code == 404


def test_equal_figures_are_the_same_run_and_others_say_who_pays_more(books):
    first, second, third = Officer(), Officer(), Officer()
    first.post("calculate")

    again = second.post("calculate").json()
    assert (again["is_new"], again["run"]["number"]) == (False, 1)
    with context.enter_association():
        use(books.members[0].number, "mail.sent", 300, NOON)
    changed = third.post("calculate").json()

    assert changed["differences"] == [{"tenant": "heideblick", "before_cents": 82_076, "after_cents": 82_526}]


def test_whoever_calculated_does_not_approve_with_any_key(books):
    officer = Officer()
    officer.post("calculate")
    with context.enter_association():
        _row, text = issue_token(
            name="zweiter", scopes=[BillingPermission.APPROVE], by=officer.actor, at=clock.now()
        )
    officer.client = client_for(None, headers={"Authorization": f"Bearer {text}"})

    answer = officer.post("approve")

    assert (answer.status_code, fields_of(answer)) == (409, ["took_part"])
    assert state() == "CALCULATED"


def test_whoever_edited_a_key_does_not_approve(books):
    officer = Officer()
    with context.enter_association():
        add_key_version(
            key="kopf", name="Kopf", valid_from=FIRST, source="Beschluss 2", definition=EQUAL,
            by=officer.actor, at=AT,
        )  # fmt: skip
        calculated()

    answer = officer.post("approve")

    assert (answer.status_code, fields_of(answer)) == (409, ["took_part"])
    with context.enter_association():
        row = BillingPeriod.objects.get(month=OCTOBER.first)
        with pytest.raises(DatabaseError, match="Wer mitgewirkt hat"), transaction.atomic():
            BillingPeriod.objects.filter(pk=row.pk).update(
                state="APPROVED", approved_by=officer.person.pk, approved_at=AT
            )


def test_key_without_code_wrong_code_and_used_code_do_nothing(books):
    officer = Officer()
    used = officer.code()
    assert officer.post("calculate", used).status_code == 200

    for code in ("", "000000", used):
        answer = officer.post("calculate", code)
        assert (answer.status_code, fields_of(answer)) == (403, ["code"])


def test_key_of_somebody_without_an_app_does_nothing(books):
    answer = Officer(has_app=False).post("calculate", "")

    assert (answer.status_code, fields_of(answer)) == (403, ["code"])
    with context.enter_association():
        assert not Run.objects.exists()


def test_codes_cannot_be_tried_one_after_the_other(books):
    officer = Officer()

    answers = [officer.post("calculate", f"{number:06}") for number in range(12)]

    assert [answer.status_code for answer in answers[:10]] == [403] * 10
    assert answers[10].status_code == 429
    assert int(answers[10].headers["Retry-After"]) > 0
    assert officer.post("calculate").status_code == 429


def test_programs_own_key_and_session_take_no_step(books):
    with context.enter_association():
        _row, text = issue_token(
            name="System", scopes=[BillingPermission.CALCULATE], by=SYSTEM, at=clock.now()
        )
    nobody = client_for(None, headers={"Authorization": f"Bearer {text}"})

    answer = nobody.post(f"{MONTH}calculate/", {"code": "123456"}, content_type="application/json")
    assert answer.status_code == 403
    assert "persönlichen Schlüssel" in answer.json()["detail"]
    session = signed_in("finance").post(f"{MONTH}calculate/", {}, content_type="application/json")
    assert "persönlichen Schlüssel" in session.json()["detail"]


@pytest.mark.parametrize("step", ["calculate", "approve", "issue", "close"])
def test_key_without_the_right_is_refused_before_its_code_is_spent(books, step):
    officer = Officer(BillingPermission.READ_PERIODS)

    assert officer.post(step, "000000").status_code == 403
    assert officer.client.get(MONTH).status_code == 200


def test_everything_in_the_way_is_named_at_once(books):
    answer = Officer().client.get(f"{PERIODS}2026-11/").json()
    officer = Officer()

    refused = officer.client.post(
        f"{PERIODS}2026-11/calculate/", {"code": officer.code()}, content_type="application/json"
    )

    assert refused.status_code == 409
    assert fields_of(refused) == list(dict.fromkeys(item["code"] for item in answer["obstacles"]))


def test_approval_of_another_run_than_the_one_seen_is_refused(books):
    with context.enter_association():
        calculated()
    officer = Officer()

    answer = officer.post("approve", sha256="0" * 64)

    assert (answer.status_code, fields_of(answer)) == (409, ["sha256"])
    assert state() == "CALCULATED"


def test_lost_answer_is_asked_for_again(books):
    with context.enter_association():
        calculated()
    officer = Officer()
    code = officer.code()

    first, again = officer.post("approve", code), officer.post("approve", code)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


def test_documents_are_issued_by_a_worker_and_watched(books):
    with context.enter_association():
        calculated()
    Officer().post("approve")
    officer = Officer()
    refused = officer.post("issue")
    # The association's own details are missing.
    assert (refused.status_code, fields_of(refused)) == (422, ["issuer"])
    assert officer.client.get(f"{MONTH}issue/").status_code == 404
    with context.enter_association():
        make_issuer()
        for tenant in books.members:
            make_recipient(tenant)

    asker = Officer()
    code = asker.code()
    asked, again = asker.post("issue", code), asker.post("issue", code)
    assert (asked.status_code, again.status_code) == (202, 202)
    assert asked.json()["state"] == again.json()["state"] == "WAITING"
    with context.enter_association():
        job = IssueRun.objects.get().job_id
    run_issue(job)
    done = asker.client.get(f"{MONTH}issue/").json()

    assert (done["state"], done["failures"], done["members_done"]) == ("DONE", [], 2)
    assert [(row["tenant"], row["regime"]) for row in done["documents"]] == [
        ("heideblick", "STD"),
        ("luckau", "STD"),
        ("heideblick", "LEVY"),
        ("luckau", "LEVY"),
    ]
    assert asker.post("issue", code).json() == done
    assert state() == "ISSUED"


def test_month_that_is_not_issued_is_not_closed(books):
    with context.enter_association():
        calculated()

    answer = Officer().post("close")

    assert answer.status_code == 409
    assert state() == "CALCULATED"


def test_statements_and_lines_add_up_and_explain_themselves(books):
    with context.enter_association():
        calculated()
    client = Officer().client

    statements = client.get(f"{MONTH}statements/").json()["results"]
    one = client.get(f"{MONTH}statements/heideblick/").json()

    assert [(row["tenant"], row["cents"]) for row in statements] == [
        ("heideblick", 82_076),
        ("luckau", 72_450),
    ]
    assert sum(line["net_cents"] for line in one["lines"]) == one["cents"] == 82_076
    share = next(line for line in one["lines"] if line["cost_centre"] == "rz")
    assert (share["numerator"], share["denominator"], share["key_version"]) == ("1", "2", 1)
    assert all(line["derivation"] for line in one["lines"])
    assert client.get(f"{MONTH}statements/verbund/").status_code == 404
    assert client.get(f"{PERIODS}2026-11/statements/").status_code == 404


def test_limited_people_read_their_members_and_take_no_step(books, heideblick):
    with context.enter_association():
        calculated()
    officer = Officer()
    with context.enter_association():
        set_reach(person_id=officer.person.pk, tenants=[heideblick.number], by=SYSTEM, at=AT)

    listed = officer.client.get(f"{MONTH}statements/").json()["results"]

    assert [row["tenant"] for row in listed] == ["heideblick"]
    assert officer.client.get(f"{MONTH}statements/luckau/").status_code == 404
    assert officer.post("approve").status_code == 403
    assert state() == "CALCULATED"


def test_municipality_does_not_offer_it(heideblick):
    assert client_for(None, heideblick).get(PERIODS).status_code == 404


@pytest.mark.parametrize("members", [1, 2])
def test_statements_take_a_fixed_number_of_queries(heideblick, luckau, members, django_assert_num_queries):
    with context.enter_association():
        make_books(*[heideblick, luckau][:members])
        calculated()
    client = Officer().client
    client.get(PERIODS)

    with django_assert_num_queries(6):
        client.get(f"{MONTH}statements/")
