# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""New documents are told to the members' people who may see costs: once for each run, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.alerts.document_mail import set_document_mail
from billing.alerts.models import DocumentMailDeclined
from billing.alerts.tasks import tell
from billing.alerts.telling import tell_of_documents
from billing.issuing import calling
from billing.issuing.cancelling import cancel_document
from billing.issuing.issuing import issue_period
from billing.issuing.models import Document, Recipient
from tests.factories.accounts import make_person
from tests.factories.closing import AT, OCTOBER, TODAY, finance
from tests.factories.documents import approved_month
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.kernel import context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Forbidden
from verbund.notify.models import Outbox

PAGE = "/verwaltung/nutzung/dokumente/"


@pytest.fixture
def month(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        approved_month(heideblick, luckau)
    with context.enter(heideblick):
        make_person("clerk")
        return make_person("treasurer")


def issue(at=AT):
    with context.enter_association():
        return issue_period(period=OCTOBER, by=finance(), at=at, today=TODAY)


def mails(municipality) -> list[Outbox]:
    with context.enter(municipality):
        return list(Outbox.objects.filter(kind="billing/documents").order_by("pk"))


def told(municipality, *, is_over=True, at=AT) -> int:
    with context.enter(municipality):
        return tell_of_documents(is_over=is_over, at=at)


def test_who_may_see_costs_is_told_once(month, heideblick, luckau):
    issue()

    assert (told(heideblick), told(heideblick)) == (1, 0)

    (mail,) = mails(heideblick)
    with context.enter_association():
        documents = Document.objects.filter(tenant=heideblick.number)
        assert documents.count() == 4
        numbers = sorted(documents.values_list("number", flat=True))
    assert (mail.recipient, mail.subject) == (month.email, "[Heideblick] Neue Dokumente des Verbands")
    assert "4 Dokumente ausgestellt (Oktober 2026)" in mail.text
    assert f"{PAGE}\n" in mail.text
    assert not any(sign in mail.subject + mail.text for sign in ("€", *numbers))
    assert mails(luckau) == []
    with context.enter(heideblick):
        entry = AuditEntry.objects.get(action="billing.documents.told")
        assert (sorted(entry.changes["documents"]), entry.changes["people"]) == (numbers, 1)


def test_a_run_taken_up_again_tells_each_member_once(month, heideblick, luckau):
    """Luckau's part fails at first: its people are told when it is there, Heideblick's not again."""
    with context.enter(luckau):
        make_person("administrator")
    with context.enter_association():
        details = Recipient.objects.get(tenant=luckau.number)
        Recipient.objects.filter(pk=details.pk).delete()
    assert issue().failures
    assert (told(heideblick), told(luckau)) == (1, 0)

    with context.enter_association():
        details.save(force_insert=True)
    assert issue().is_whole
    assert (told(heideblick), told(luckau)) == (0, 1)
    assert len(mails(heideblick)) == 1


def test_what_may_still_be_at_work_is_told_later_by_the_sweep(month, heideblick, luckau):
    with context.enter_association():
        Recipient.objects.get(tenant=luckau.number).delete()
    issue()

    assert told(heideblick, is_over=False) == 0
    assert told(heideblick, is_over=False, at=AT + timedelta(minutes=16)) == 1


def test_an_issued_month_is_told_by_the_sweep_and_old_ones_are_no_news(month, heideblick, luckau):
    issue()

    assert told(luckau, at=AT + timedelta(days=15)) == 0
    assert told(heideblick, is_over=False) == 1


def test_a_document_taken_back_is_told(month, heideblick, luckau):
    issue()
    told(heideblick)
    with context.enter_association():
        number = Document.objects.filter(tenant=heideblick.number, kind="INVOICE").first().number
        cancel_document(number=number, reason="Anschrift", is_replaced=True, by=finance(), at=AT, today=TODAY)

    assert told(heideblick) == 1

    assert "2 Dokumente" in mails(heideblick)[1].text
    assert "Eines davon hebt ein früheres Dokument auf." in mails(heideblick)[1].text


def test_a_run_and_a_cancellation_call_the_members_concerned(
    month, heideblick, luckau, monkeypatch, django_capture_on_commit_callbacks
):
    called = []
    monkeypatch.setattr(
        calling,
        "hint",
        lambda task, *, scope, arguments: called.append((task, scope.number, arguments)) or True,
    )
    with django_capture_on_commit_callbacks(execute=True), context.enter_association():
        issue()
        assert called == []
    assert called == [(tell.name, member.number, [1]) for member in (heideblick, luckau)]

    called.clear()
    with django_capture_on_commit_callbacks(execute=True), context.enter_association():
        number = Document.objects.filter(tenant=luckau.number).first().number
        cancel_document(
            number=number, reason="Anschrift", is_replaced=False, by=finance(), at=AT, today=TODAY
        )
    assert called == [(tell.name, luckau.number, [1])]


def test_whoever_declines_gets_no_mail_until_they_want_it_again(month, heideblick):
    issue()
    client = signed_in("treasurer", heideblick)
    assert 'value="0"' in client.get(PAGE).content.decode()

    client.post(f"{PAGE}benachrichtigung/", {"wanted": "0"})

    assert 'value="1"' in client.get(PAGE).content.decode()
    assert told(heideblick) == 1
    assert [mail.recipient for mail in mails(heideblick)] == [month.email]
    client.post(f"{PAGE}benachrichtigung/", {"wanted": "1"})
    with context.enter(heideblick):
        assert not DocumentMailDeclined.objects.exists()
        assert AuditEntry.objects.filter(action="billing.document_mail.set").count() == 2


def test_only_who_may_see_costs_chooses(month, heideblick):
    with context.enter(heideblick):
        clerk = make_person("clerk")
        for by in (SYSTEM, actor_for(clerk)):
            with pytest.raises(Forbidden):
                set_document_mail(wanted=False, by=by, at=AT)
    assert signed_in("clerk", heideblick).post(f"{PAGE}benachrichtigung/", {"wanted": "0"}).status_code == 403


def test_an_address_that_takes_no_mail_keeps_the_others_from_nothing(month, heideblick):
    with context.enter(heideblick):
        broken = make_person("administrator")
        type(broken).objects.filter(pk=broken.pk).update(email="keine-adresse")
    issue()

    assert told(heideblick) == 1
