# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mail sink: takes mails, shows them safely, keeps them over a restart, and no more than it should."""

from __future__ import annotations

import http.client
import json
import smtplib
import stat
from contextlib import closing
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMessage as DjangoMessage

from tests.embedded.conftest import kill, wait_for
from verbund.embedded.mailsink import MailSink
from verbund.embedded.mailstore import MailStore
from verbund.embedded.ports import HOST, choose

LINK = "http://heideblick.localhost:8000/anmelden/?t=a_b-c&n=1"


@pytest.fixture(scope="module")
def sink(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mail")
    ports = choose(folder / "ports.json")
    made = MailSink(folder, smtp_port=ports["smtp"], web_port=ports["mail"], logs=folder / "logs", keep=4)
    made.start()
    made.wait_ready()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _empty(sink):
    request(sink, "DELETE", "/api/messages")


def mail(subject="Ihr Zugang", text=f"Guten Tag,\n{LINK}.\nGrüße", html="", to="Erika <erika@example.org>"):
    message = EmailMessage()
    message["From"] = "Amt Heideblick <amt@example.org>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Sun, 22 Nov 2026 12:00:00 +0100"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send(sink, message, **more):
    with smtplib.SMTP(HOST, sink.smtp_port, timeout=5) as smtp:
        smtp.send_message(message, **more)


def request(sink, method, path, host="localhost"):
    with closing(http.client.HTTPConnection(HOST, sink.web_port, timeout=5)) as connection:
        connection.request(method, path, headers={"Host": f"{host}:{sink.web_port}"})
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers


def listed(sink):
    return json.loads(request(sink, "GET", "/api/messages")[1])


def test_a_long_subject_is_shown_as_it_was_written(sink):
    """Django folds it before the first word, and Python's reader takes the blank of the fold for the text's."""
    subject = "[Heideblick] Ihre Meldung M-2026-0042 in der Hauptstraße 12: in Bearbeitung seit heute früh"
    written = (
        DjangoMessage(subject, "Guten Tag", "amt@example.org", ["erika@example.org"]).message().as_bytes()
    )
    assert b"Subject: \n =?utf-8?q?" in written

    with smtplib.SMTP(HOST, sink.smtp_port, timeout=5) as smtp:
        smtp.sendmail("amt@example.org", ["erika@example.org"], written)

    assert [message["subject"] for message in listed(sink)] == [subject]


def test_a_mail_is_listed_with_its_parts(sink):
    send(sink, mail(html="<p>Guten Tag</p>"))

    [message] = listed(sink)

    assert message.pop("id")
    assert message == {
        "from": "Amt Heideblick <amt@example.org>",
        "to": ["erika@example.org"],
        "subject": "Ihr Zugang",
        "date": "Sun, 22 Nov 2026 12:00:00 +0100",
        "text": f"Guten Tag,\n{LINK}.\nGrüße\n",
        "html": "<p>Guten Tag</p>\n",
        "attachments": [],
    }


def test_one_mail_is_read_by_its_id(sink):
    send(sink, mail())
    [message] = listed(sink)

    status, body, headers = request(sink, "GET", f"/api/messages/{message['id']}")

    assert (status, json.loads(body)) == (200, message)
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_hidden_recipients_and_attachments_are_shown(sink):
    message = mail()
    message["Bcc"] = "hidden@example.org"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Bescheid.pdf")

    send(sink, message)

    [shown] = listed(sink)
    assert shown["to"] == ["erika@example.org", "hidden@example.org"]
    assert shown["attachments"] == ["Bescheid.pdf"]


@pytest.mark.parametrize("mail_id", ["0", "../../../etc/passwd", "..%2flock", "1234567890123456-0000"])
def test_an_unknown_id_is_not_found(sink, mail_id):
    assert request(sink, "GET", f"/api/messages/{mail_id}")[0] == 404


def test_the_newest_stands_first_and_the_oldest_go(sink):
    for number in range(6):
        send(sink, mail(subject=f"Nummer {number}"))

    assert [message["subject"] for message in listed(sink)] == [
        "Nummer 5",
        "Nummer 4",
        "Nummer 3",
        "Nummer 2",
    ]


def test_the_page_shows_the_text_with_links_to_follow(sink):
    send(sink, mail())

    status, page, headers = request(sink, "GET", "/")

    escaped = LINK.replace("&", "&amp;")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<a href="{escaped}" rel="noreferrer">{escaped}</a>.' in page
    assert "Grüße" in page


def test_the_page_runs_nothing_a_mail_brings(sink):
    send(
        sink,
        mail(subject="<script>alert(1)</script>", text='<img src=x onerror="alert(1)"> javascript:alert(1)'),
    )

    _, page, headers = request(sink, "GET", "/")

    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_mail_with_html_only_is_shown_as_text(sink):
    message = EmailMessage()
    message["Subject"] = "Nur HTML"
    message.set_content("<style>p{}</style><p>Guten <b>Tag</b></p>", subtype="html")
    send(sink, message, from_addr="a@example.org", to_addrs=["b@example.org"])

    page = request(sink, "GET", "/")[1]

    assert "Guten" in page
    assert "p{}" not in page
    assert listed(sink)[0]["from"] == "a@example.org"


@pytest.mark.parametrize("path", ["/", "/api/messages"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_a_foreign_host_name_is_refused(sink, path, host):
    assert request(sink, "GET", path, host)[0] == 403


def test_a_host_below_localhost_is_served(sink):
    assert request(sink, "GET", "/", "mail.localhost")[0] == 200


def test_anything_else_is_not_found(sink):
    assert request(sink, "GET", "/other")[0] == 404
    assert request(sink, "DELETE", "/other")[0] == 404
    assert request(sink, "POST", "/api/messages")[0] == 501


def test_a_broken_mail_is_kept_all_the_same(tmp_path):
    store = MailStore(tmp_path)

    mail_id = store.add(
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe", sender="", to=["x@example.org"]
    )

    assert store.get(mail_id)["to"] == ["x@example.org"]


def test_mails_survive_a_killed_process_in_private_files(sink):
    send(sink, mail())
    before = listed(sink)

    kill(sink.child.pid)
    wait_for(lambda: not sink.child.is_running)
    sink.start()
    sink.wait_ready()

    assert listed(sink) == before
    files = list((sink.child.log.parents[1] / "mail").glob("*.json"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
