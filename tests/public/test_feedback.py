# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feedback on barriers: told, mailed, answered, closed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from tests.factories.accounts import make_person
from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.cases.inbox import Row, Wanted, inbox_cases, rows_of
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.notify.models import Outbox
from verbund.privacy.periods.tasks import delete_due
from verbund.public.answering import answer_feedback
from verbund.public.feedback import close_feedback, submit_feedback
from verbund.public.models import BarrierFeedback

PATH = "/barrierefreiheit/melden/"
GIVEN = {
    "message": "Das Menü ging nicht auf.",
    "address": "Startseite",
    "name": "Erika Muster",
    "email": "erika@muster.example",
}


def told(at=None):
    return submit_feedback(**GIVEN, at=at or clock.now())


def test_citizen_tells_without_javascript(heideblick, client_of):
    answer = client_of(heideblick).post(PATH, {**GIVEN, "website": ""}, follow=True)

    assert answer.redirect_chain == [("/barrierefreiheit/danke/", 302)]
    with context.enter(heideblick):
        feedback = BarrierFeedback.objects.get()
        assert (feedback.message, feedback.email) == (GIVEN["message"], GIVEN["email"])
        mail = Outbox.objects.latest("pk")
        assert mail.recipient == "rathaus@heideblick.example"
        assert feedback.reference in mail.text
        assert "erika" not in mail.text.lower(), "the mail names nobody"
        assert "http://heideblick.localhost" in mail.text
        assert AuditEntry.objects.filter(action="public.feedback.received").count() == 1


def test_refused_form_loses_nothing(heideblick, client_of):
    answer = client_of(heideblick).post(PATH, {**GIVEN, "message": "", "email": "kaputt"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="kaputt"' in page
    assert 'value="Erika Muster"' in page
    with context.enter(heideblick):
        assert not BarrierFeedback.objects.exists()


def test_robot_is_turned_away(heideblick, client_of):
    answer = client_of(heideblick).post(PATH, {**GIVEN, "website": "https://spam.example"})

    assert answer.status_code == 422
    with context.enter(heideblick):
        assert not BarrierFeedback.objects.exists()


def test_inbox_names_nobody_and_knows_what_is_overdue(in_heideblick):
    told(clock.now() - timedelta(days=40))
    told()

    rows = waiting("clerk")

    assert [row.is_overdue for row in rows] == [True, False]
    assert "Erika" not in repr(rows)
    assert waiting("field_worker") == []


def waiting(role: str) -> list[Row]:
    """What somebody of that role finds in the inbox."""
    cases = inbox_cases(make_person(role), Wanted(), today=clock.today())
    return rows_of(cases, Wanted(), today=clock.today())


def test_reading_is_recorded_and_closing_ends_it(heideblick):
    with context.enter(heideblick):
        feedback = told()
    client = signed_in("clerk", heideblick)
    path = f"/verwaltung/rueckmeldungen/{feedback.pk}/"

    assert GIVEN["email"] in client.get(path).content.decode()
    assert client.post(f"{path}erledigt/").status_code == 302
    assert client.post(f"{path}erledigt/").status_code == 409

    with context.enter(heideblick):
        read = AuditEntry.objects.get(action="public.feedback.read")
        assert set(read.changes) == {"message", "name", "email"}
        assert AuditEntry.objects.filter(action="public.feedback.closed").count() == 1
        assert waiting("clerk") == []


def test_an_answer_reaches_its_author_the_timeline_and_the_status_page(heideblick, client_of):
    with context.enter(heideblick):
        feedback = told()
    client = signed_in("clerk", heideblick)
    path = f"/verwaltung/rueckmeldungen/{feedback.pk}/"

    empty = client.post(path, {"text": " ", "is_last": "on"})
    sent = client.post(path, {"text": "Wir reparieren das Menü."})
    last = client.post(path, {"text": "Das Menü geht wieder auf.", "is_last": "on"})
    again = client.post(path, {"text": "Noch etwas.", "is_last": "on"})

    assert [answer.status_code for answer in (empty, sent, last, again)] == [422, 302, 302, 409]
    with context.enter(heideblick):
        mails = Outbox.objects.filter(kind="public/barrier_answer").order_by("pk")
        assert [mail.recipient for mail in mails] == [GIVEN["email"]] * 2
        assert "Das Menü geht wieder auf." in mails[1].text
        link = re.search(r"(/anliegen/[^/\s]+/)", mails[1].text)
        feedback.refresh_from_db()
        assert feedback.handled_at is not None
        audited = AuditEntry.objects.filter(action="public.feedback.answered").order_by("pk")
        assert [entry.changes for entry in audited] == [
            {"text": None, "is_last": False},
            {"text": None, "is_last": True},
        ]
    page = client_of(heideblick).get(link[1]).content.decode()
    assert "Wir reparieren das Menü." in page
    assert "Das Menü geht wieder auf." in page


def test_the_first_answer_meets_the_deadline(in_heideblick):
    feedback = told(clock.now() - timedelta(days=40))

    answer_feedback(feedback_id=feedback.pk, text="Wir prüfen es.", is_last=False, by=SYSTEM, at=clock.now())

    assert [(row.is_overdue, row.due_on) for row in waiting("clerk")] == [(False, None)]


def test_whoever_left_no_address_gets_no_answer_and_the_page_says_so(heideblick):
    with context.enter(heideblick):
        feedback = submit_feedback(**{**GIVEN, "email": ""}, at=clock.now())
    client = signed_in("clerk", heideblick)
    path = f"/verwaltung/rueckmeldungen/{feedback.pk}/"

    assert client.post(path, {"text": "Danke."}).status_code == 409
    assert "Ohne E-Mail-Adresse" in client.get(path).content.decode()
    with context.enter(heideblick):
        assert not Outbox.objects.filter(kind="public/barrier_answer").exists()


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("clerk", 200), ("field_worker", 403)])
def test_who_reads_feedback(heideblick, role, status):
    with context.enter(heideblick):
        feedback = told()

    assert signed_in(role, heideblick).get(f"/verwaltung/rueckmeldungen/{feedback.pk}/").status_code == status


def test_neighbours_feedback_does_not_exist(heideblick, luckau):
    with context.enter(luckau):
        feedback = told()

    assert signed_in("clerk", heideblick).get(f"/verwaltung/rueckmeldungen/{feedback.pk}/").status_code == 404


def test_flood_of_feedback_is_stopped_and_the_form_comes_back_filled(in_heideblick, client_of):
    client = client_of(in_heideblick)
    sent = [client.post(PATH, {**GIVEN, "website": ""}).status_code for _ in range(10)]

    refused = client.post(PATH, {**GIVEN, "website": ""})

    assert set(sent) == {302}
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    page = refused.content.decode()
    assert "Von Ihrem Anschluss kamen gerade sehr viele Anfragen." in page
    assert GIVEN["message"] in page
    assert GIVEN["email"] in page
    assert BarrierFeedback.objects.count() == 10
    neighbour = client_of(in_heideblick, REMOTE_ADDR="192.0.2.9")
    assert neighbour.post(PATH, {**GIVEN, "website": ""}).status_code == 302


def test_feedback_is_deleted_three_years_after_it_was_dealt_with(heideblick, luckau):
    with context.enter(luckau):
        close_feedback(feedback_id=told().pk, by=SYSTEM, at=clock.now())
    with context.enter(heideblick):
        open_one, closed = told(), told()
        close_feedback(feedback_id=closed.pk, by=SYSTEM, at=clock.now())

        with time_machine.travel(clock.now() + timedelta(days=3 * 365 - 1)):
            assert delete_due.run() == 0
        with time_machine.travel(clock.now() + timedelta(days=3 * 366)):
            assert delete_due.run() == 1

        assert BarrierFeedback.objects.get() == open_one
        deleted = AuditEntry.objects.get(action="public.feedback.deleted")
        assert (deleted.subject, deleted.actor_kind) == (f"public.feedback:{closed.pk}", "system")
    with context.enter(luckau):
        assert BarrierFeedback.objects.count() == 1, "each municipality's task deletes its own"
