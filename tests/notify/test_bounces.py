# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports of mail servers: which mail they are about, what they change, and that nonsense changes nothing."""

from __future__ import annotations

import uuid
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.mails import make_mail
from verbund.audit.models import AuditEntry
from verbund.config.cli import main
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid
from verbund.notify import bounces, delivery
from verbund.notify.api import MOST_PER_HOUR, queue_mail
from verbund.notify.bounces import NoBounce
from verbund.notify.models import Outbox, State
from verbund.notify.retrying import NotToRetry, retry


def report(to: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """As Postfix writes it, shortened."""
    return (
        f"From: MAILER-DAEMON@mx.example.org\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; ada@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b--\r\n"
    ).encode()


def sent() -> Outbox:
    row = make_mail()
    assert delivery.deliver(row.pk, at=clock.now())
    return row


def test_a_mail_leaves_with_a_return_address_of_its_own(in_heideblick, mailoutbox):
    row = sent()

    (mail,) = mailoutbox
    assert mail.from_email == f"bounces+{row.message_key.hex}@heideblick.localhost"
    assert mail.message()["From"] == "Gemeinde Heideblick <noreply@heideblick.localhost>"


def test_a_report_marks_the_mail_and_can_be_answered_by_sending_again(in_heideblick):
    row = sent()
    bounce = bounces.read(report(bounces.return_address(row.message_key, "heideblick.localhost")))

    assert bounces.note(bounce, by=SYSTEM, at=clock.now()) is True
    assert bounces.note(bounce, by=SYSTEM, at=clock.now()) is False

    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "bounced 5.1.1")
    assert AuditEntry.objects.filter(action="notify.mail.bounced").count() == 1
    retry(mail_id=row.pk, by=SYSTEM, at=clock.now())
    assert delivery.deliver(row.pk, at=clock.now()) is True
    with pytest.raises(NotToRetry):
        retry(mail_id=row.pk, by=SYSTEM, at=clock.now())


def test_a_delay_changes_nothing(in_heideblick):
    row = sent()
    raw = report(bounces.return_address(row.message_key, "x.example"), action="delayed", status="4.2.2")

    assert bounces.note(bounces.read(raw), by=SYSTEM, at=clock.now()) is False


def test_a_report_never_reaches_the_mail_of_another_municipality(heideblick, luckau):
    with context.enter(heideblick):
        row = sent()
    bounce = bounces.read(report(bounces.return_address(row.message_key, "luckau.localhost")))
    with context.enter(luckau):
        assert bounces.note(bounce, by=SYSTEM, at=clock.now()) is False
    with context.enter(heideblick):
        row.refresh_from_db()
        assert row.state == State.SENT


def test_the_address_the_server_names_counts_before_what_the_message_says(in_heideblick):
    ours, other = uuid.uuid4(), uuid.uuid4()
    raw = report(bounces.return_address(other, "b.example"))

    assert bounces.read(raw, recipient=bounces.return_address(ours, "a.example")).key == ours


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Rücklaufadresse"),
        (b"To: ada@example.org\r\n\r\nHallo", "Rücklaufadresse"),
        (b"To: bounces+" + b"0" * 32 + b"@a.example\r\n\r\nAbwesend", "Zustellbericht"),
        (b"x" * (bounces.LONGEST + 1), "Megabyte"),
    ],
)
def test_what_is_no_report_is_refused(raw, told):
    with pytest.raises(NoBounce, match=told):
        bounces.read(raw)


@given(st.binary(max_size=400), st.sampled_from([b"", report("bounces+" + "0" * 32 + "@a.example")]))
def test_no_bytes_break_the_reading(noise, start):
    with suppress(NoBounce):
        assert bounces.read(start[:200] + noise + start[200:]).host


def test_no_mail_goes_to_an_address_that_only_we_write_from(in_heideblick):
    for address in ("noreply@heideblick.localhost", bounces.return_address(uuid.uuid4(), "luckau.localhost")):
        with pytest.raises(Invalid), transaction.atomic():
            queue_mail(to=address, template="cases/status_link", context={}, by=SYSTEM, at=clock.now())


def test_two_programs_that_answer_each_other_are_stopped(in_heideblick):
    for _number in range(MOST_PER_HOUR):
        make_mail(reference="tests.thing:9")

    stopped = make_mail(reference="tests.thing:9")

    assert (stopped.state, stopped.last_error) == (State.FAILED, "loop guard")
    assert make_mail(reference="tests.thing:10").state == State.QUEUED


def test_the_command_finds_the_municipality_by_the_return_address(heideblick, monkeypatch, capsys, tmp_path):
    with context.enter(heideblick):
        row = sent()
    file = tmp_path / "report"
    file.write_bytes(report("somebody@example.org"))
    with file.open() as opened:
        monkeypatch.setattr("sys.stdin", opened)
        address = bounces.return_address(row.message_key, "heideblick.localhost")
        assert main(["mail", "bounced", "--recipient", address]) == 0

    assert "vermerkt" in capsys.readouterr().out
    with context.enter(heideblick):
        row.refresh_from_db()
        assert row.state == State.FAILED
