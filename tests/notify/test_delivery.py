# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a mail between the change it tells about and its sending."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction

from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.metering.facts.models import Fact
from verbund.notify import delivery
from verbund.notify.api import OutsideTransaction, queue_mail
from verbund.notify.models import Outbox, State


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    folder = tmp_path / "notify" / "tests"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text(
        "Subject: Gruß an {{ name }}\n\nGuten Tag {{ name }},\n\nalles <gut>.\n"
    )
    (folder / "broken.txt").write_text("Guten Tag\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]


@pytest.fixture(autouse=True)
def _empty_outboxes(heideblick, luckau):
    """Onboarding has written an invitation."""
    for municipality in (heideblick, luckau):
        with context.enter(municipality):
            Outbox.objects.all().delete()


def queue(**changed) -> Outbox:
    values = {
        "to": "ada@example.org",
        "template": "tests/hello",
        "context": {"name": "Ada & Söhne"},
        "reference": "tests.thing:1",
        "by": SYSTEM,
        "at": clock.now(),
        **changed,
    }
    with transaction.atomic():
        return Outbox.objects.get(pk=queue_mail(**values))


def test_queue_mail_renders_subject_text_and_html(in_heideblick):
    row = queue()

    assert row.recipient == "ada@example.org"
    assert row.subject == "[Heideblick] Gruß an Ada & Söhne"
    assert row.text.startswith("Guten Tag Ada & Söhne,\n\nalles <gut>.")
    assert "alles &lt;gut&gt;." in row.html
    assert "style=" in row.html
    assert row.state == State.QUEUED


def test_nothing_of_the_recipient_is_readable_in_the_database(in_heideblick):
    row = queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notify_outbox WHERE id = %s", [row.pk])
        stored = repr(cursor.fetchone()) + repr(b"".join(bytes(v) for v in _binary(cursor, row.pk)))
    assert "ada@example.org" not in stored
    assert "Söhne" not in stored


def _binary(cursor, pk):
    cursor.execute("SELECT recipient, subject, text, html FROM notify_outbox WHERE id = %s", [pk])
    return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_queue_mail_needs_the_transaction_of_the_change(heideblick):
    with context.enter(heideblick), pytest.raises(OutsideTransaction):
        queue_mail(to="a@example.org", template="tests/hello", context={}, by=SYSTEM, at=clock.now())


@pytest.mark.parametrize("address", ["", "ada", "ada@example.org, bob@example.org", "a@b.de\nBcc: c@d.de"])
def test_queue_mail_refuses_what_is_not_one_address(in_heideblick, address):
    with pytest.raises(Invalid):
        queue(to=address)
    assert Outbox.objects.count() == 0


def test_queue_mail_refuses_a_template_without_a_subject(in_heideblick):
    with pytest.raises(ValueError, match="Subject"):
        queue(template="tests/broken")


def test_deliver_sends_once_with_headers_and_counts(in_heideblick):
    row = queue()

    assert delivery.deliver(row.pk, at=clock.now()) is True
    assert delivery.deliver(row.pk, at=clock.now()) is False

    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.extra_headers["From"] == "Gemeinde Heideblick <noreply@heideblick.localhost>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"] == f"<{row.message_key}@heideblick.localhost>"
    assert Fact.objects.filter(meter="mail.sent").count() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.SENT, 1)


def test_a_failed_attempt_waits_longer_each_time_and_gives_up(in_heideblick, monkeypatch):
    row = queue()
    _refuse_with(monkeypatch, smtplib.SMTPServerDisconnected("ada@example.org?"))
    at = clock.now()
    waits = []
    for _attempt in range(len(delivery.BACKOFF) + 1):
        delivery.deliver_due(at=at)
        row.refresh_from_db()
        waits.append(row.next_try_at - at)
        at = row.next_try_at

    assert waits[:-1] == list(delivery.BACKOFF)
    assert row.state == State.FAILED
    assert row.last_error == "SMTPServerDisconnected"
    assert Fact.objects.filter(meter="mail.sent").count() == 0


def test_a_refused_recipient_fails_at_once_without_naming_anybody(in_heideblick, monkeypatch):
    row = queue()
    _refuse_with(
        monkeypatch, smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no ada@example.org")})
    )

    assert delivery.deliver_due(at=clock.now()) == 0

    row.refresh_from_db()
    assert row.state == State.FAILED
    assert row.last_error == "SMTPRecipientsRefused 550"


def _refuse_with(monkeypatch, error):
    def refuse(_self, _messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_empty_old_removes_contents_two_weeks_after_sending(in_heideblick):
    now = clock.now()
    kept, emptied, waiting = queue(), queue(), queue()
    Outbox.objects.filter(pk=kept.pk).update(
        state=State.SENT, sent_at=now - timedelta(days=13), queued_at=now - timedelta(days=20)
    )
    Outbox.objects.filter(pk=emptied.pk).update(
        state=State.SENT, sent_at=now - timedelta(days=15), queued_at=now - timedelta(days=15)
    )
    Outbox.objects.filter(pk=waiting.pk).update(queued_at=now - timedelta(days=30))

    assert delivery.empty_old(at=now) == 1

    emptied.refresh_from_db()
    assert (emptied.recipient, emptied.subject, emptied.text, emptied.html) == (None,) * 4
    assert delivery.empty_old(at=now) == 0


def test_the_association_sends_in_its_own_name(in_association):
    row = queue()

    assert delivery.deliver_due(at=clock.now()) == 1

    assert mail.outbox[0].subject == "[Verbund] Gruß an Ada & Söhne"
    assert mail.outbox[0].extra_headers["From"] == "Verbund <noreply@verbund.localhost>"
    row.refresh_from_db()
    assert row.state == State.SENT


def test_deliver_due_leaves_the_neighbours_mail_alone(heideblick, luckau):
    with context.enter(heideblick):
        queue()
    with context.enter(luckau):
        assert delivery.deliver_due(at=clock.now()) == 0
    with context.enter(heideblick):
        assert delivery.deliver_due(at=clock.now()) == 1
