# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The citizen's status page: found by number and address together, opened by a link, and nobody else's."""

from __future__ import annotations

import re

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_report, move
from verbund.audit.models import AuditEntry
from verbund.cases.inbox import View, Wanted, inbox_cases
from verbund.cases.models import StatusLink, TimelineEntry
from verbund.cases.status import MOST_PER_DAY, ask_for_link, forget_links
from verbund.cases.status_links import VALID
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.modules.defects import handling
from verbund.modules.defects.reporting import confirm_report
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

ERIKA, OTTO = "erika@muster.example", "otto@muster.example"


def mailed(kind: str, pattern: str) -> str:
    found = re.search(pattern, Outbox.objects.filter(kind=kind).latest("pk").text)
    assert found is not None
    return found[1]


def confirmed(email: str = ERIKA, **fields):
    report = make_report(email=email, **fields)
    confirm_report(secret=mailed("defects/confirm", r"/bestaetigen/([^/\s]+)/"), at=clock.now())
    return report


def link(report, email: str = ERIKA) -> str:
    ask_for_link(reference=report.reference, email=email, by=CITIZEN, at=clock.now())
    return mailed("cases/status_link", r"(/anliegen/[^/\s]+/)")


def test_two_cases_of_one_person_stand_on_one_page_and_no_other(heideblick, client_of):
    with context.enter(heideblick):
        first, second, others = confirmed(), confirmed(), confirmed(OTTO)
        waiting = make_report(email=ERIKA)
        page_of_erika = link(first)

    page = client_of(heideblick).get(page_of_erika).content.decode()

    assert first.reference in page
    assert second.reference in page
    assert others.reference not in page
    assert waiting.reference not in page


def test_opening_as_often_as_one_likes_changes_nothing(heideblick, client_of):
    with context.enter(heideblick):
        path = link(confirmed())
    client = client_of(heideblick)

    answers = [client.get(path) for _time in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert answers[0]["Referrer-Policy"] == "same-origin"
    assert "no-store" in answers[0]["Cache-Control"]


@pytest.mark.parametrize("written", ["m 2026 {n}", "M-2026-{n:04d}", "m/2026/{n}"])
def test_a_number_is_understood_as_people_write_it(in_heideblick, written):
    report = confirmed()
    year, number = report.reference.split("-")[1:]
    typed = written.replace("2026", year).format(n=int(number))

    ask_for_link(reference=typed, email=f" {ERIKA.upper()} ".strip(), by=CITIZEN, at=clock.now())

    assert StatusLink.objects.filter(was_asked_for=True).count() == 1


def test_neither_number_nor_address_alone_sends_anything_and_both_look_alike(heideblick, client_of):
    with context.enter(heideblick):
        report, _others = confirmed(), confirmed(OTTO)
    client = client_of(heideblick)

    answers = [
        client.post("/anliegen/", {"reference": reference, "email": email, "website": ""})
        for reference, email in (
            (report.reference, ERIKA),
            (report.reference, OTTO),
            ("M-2026-9999", ERIKA),
            ("quatsch", ERIKA),
        )
    ]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/anliegen/unterwegs/")}
    with context.enter(heideblick):
        assert [mail.recipient for mail in Outbox.objects.filter(kind="cases/status_link")] == [ERIKA]


def test_nobodys_mailbox_is_filled(in_heideblick):
    report = confirmed()

    for _time in range(MOST_PER_DAY + 3):
        ask_for_link(reference=report.reference, email=ERIKA, by=CITIZEN, at=clock.now())

    assert Outbox.objects.filter(kind="cases/status_link").count() == MOST_PER_DAY


def test_mails_about_a_report_lead_to_the_page_and_not_to_the_form(heideblick, client_of):
    with context.enter(heideblick):
        report, _others = confirmed(), confirmed(OTTO)
        receipt = mailed("defects/received", r"(/anliegen/[^/\s]+/)")
        move(report, State.IN_REVIEW)
        news = mailed("defects/news", r"(/anliegen/[^/\s]+/)")

    assert news != receipt
    assert client_of(heideblick).get(news).content.decode().count(report.reference) > 0


def test_what_we_put_into_mails_does_not_count_to_what_one_may_ask_for(in_heideblick):
    report = confirmed()
    for _time in range(MOST_PER_DAY):
        confirmed()

    ask_for_link(reference=report.reference, email=ERIKA, by=CITIZEN, at=clock.now())

    assert Outbox.objects.filter(kind="cases/status_link").count() == 1


def test_the_link_is_not_in_the_database(in_heideblick):
    secret = link(confirmed()).split("/")[2]

    row = StatusLink.objects.get(was_asked_for=True)

    assert secret not in repr(vars(row))
    assert ERIKA.encode() not in bytes(row.email_index)


def test_the_neighbour_knows_no_such_link(heideblick, luckau, client_of):
    with context.enter(heideblick):
        path = link(confirmed())

    assert client_of(luckau).get(path).status_code == 410


def test_over_after_its_time_and_then_forgotten(in_heideblick, heideblick, client_of):
    path = link(confirmed())
    StatusLink.objects.update(expires_at=clock.now())
    with context.leave():
        assert client_of(heideblick).get(path).status_code == 410

    assert forget_links(at=clock.now() + VALID) == 2, "the one asked for and the one of the receipt"


def test_ended_by_its_owner_with_all_others_of_the_address(heideblick, client_of):
    with context.enter(heideblick):
        report = confirmed()
        one, other = link(report), link(report)
    client = client_of(heideblick)

    assert client.post(f"{one}beenden/").status_code == 302

    assert [client.get(path).status_code for path in (one, other)] == [410, 410]
    assert client.post(f"{one}beenden/").status_code == 410


def test_a_question_is_answered_there_and_the_office_sees_it(heideblick, client_of):
    with context.enter(heideblick):
        clerk = make_person("clerk")
        report = confirmed()
        handling.assign_report(reference=report.reference, person_id=clerk.pk, by=SYSTEM, at=clock.now())
        move(report, State.IN_REVIEW)
        move(report, State.QUESTION, answer="Welche Laterne ist es?")
        path = link(report)
    client = client_of(heideblick)
    assert "Welche Laterne ist es?" in client.get(path).content.decode()
    values = {"vorgang": report.reference, "text": "Die linke vor dem Tor."}

    empty = client.post(path, {**values, "text": "  "})
    sent = client.post(path, values)
    again = client.post(path, values, follow=True)

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "schon beantwortet" in again.content.decode()
    with context.enter(heideblick):
        report.refresh_from_db()
        assert report.state == State.IN_REVIEW
        reply = report.case.timeline.get(kind=TimelineEntry.Kind.REPLY)
        assert (reply.text, reply.is_public) == ("Die linke vor dem Tor.", False)
        unread = inbox_cases(clerk, Wanted(view=View.NEW), today=clock.today())
        assert [case.reference for case in unread] == [report.reference]
        assert Outbox.objects.filter(kind="defects/reply").get().recipient == clerk.email
        assert AuditEntry.objects.filter(action="defects.report.replied").count() == 1
    assert "Die linke" not in client.get(f"/maengel/{report.reference}/").content.decode()


def test_only_ones_own_case_is_answered(heideblick, client_of):
    with context.enter(heideblick):
        path = link(confirmed())
        others = confirmed(OTTO)
        move(others, State.QUESTION)

    answer = client_of(heideblick).post(path, {"vorgang": others.reference, "text": "Ich weiß es"})

    assert answer.status_code == 404
    with context.enter(heideblick):
        assert not others.case.timeline.filter(kind=TimelineEntry.Kind.REPLY).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries(heideblick, client_of, django_assert_num_queries, rows):
    with context.enter(heideblick):
        reports = [confirmed() for _number in range(rows)]
        path = link(reports[0])
    client = client_of(heideblick)
    client.get(path)

    with django_assert_num_queries(QUERIES):
        client.get(path)


QUERIES = 5
