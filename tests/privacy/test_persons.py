# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of one person is found and erased, and nobody else's."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_clerk, make_report, move, photo_upload
from verbund.cases.models import Contact, StatusLink, TimelineEntry
from verbund.cases.status import ask_for_link
from verbund.files import api as files
from verbund.files.models import StoredFile
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN, SYSTEM
from verbund.kernel.errors import Invalid
from verbund.modules.defects import handling
from verbund.modules.defects.drafting import keep_draft
from verbund.modules.defects.models import Draft, Report, Reporter
from verbund.modules.defects.persons import ERASED_WORDS
from verbund.modules.defects.replying import reply_to_question
from verbund.modules.defects.reporting import confirm_report
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox
from verbund.notify.models import State as MailState
from verbund.privacy.persons import cli
from verbund.privacy.persons.looking import FoundMoved, erase_person, look
from verbund.public.feedback import close_feedback, submit_feedback
from verbund.public.models import BarrierFeedback

ERIKA, OTTO = "erika@muster.example", "otto@muster.example"
AT = clock.now


def received(email: str, *, photo: bool = False) -> Report:
    """A report with a confirmed address, a photo, somebody's words and phone number."""
    photos = ()
    if photo:
        photos = (files.store_photo(upload=photo_upload(), owner="defects.draft:1", by=CITIZEN, at=AT()).pk,)
    make_report(email=email, name="Erika Muster", phone="03375 1", photos=photos)
    mail = Outbox.objects.filter(kind="defects/confirm").latest("pk")
    return confirm_report(secret=mail.text.split("/bestaetigen/")[1].split("/")[0], at=AT())


def closed(email: str, **options: bool) -> Report:
    return move(received(email, **options), State.DONE)


def sent(email: str) -> list[Outbox]:
    Outbox.objects.update(state=MailState.SENT, sent_at=AT())
    return [mail for mail in Outbox.objects.all() if mail.recipient == email]


def kinds(email: str) -> list[tuple[str, bool]]:
    return [(str(line.record.kind), line.stays) for line in look(email, at=AT()).lines]


@pytest.mark.usefixtures("in_heideblick")
def test_everything_of_a_person_is_found_however_the_address_is_written():
    report = closed(ERIKA, photo=True)
    ask_for_link(reference=report.reference, email=ERIKA, by=CITIZEN, at=AT())
    submit_feedback(message="Zu klein", address="", name="Erika", email=ERIKA, at=AT())
    keep_draft(draft_id=None, email=ERIKA, description="Noch eine", by=CITIZEN, at=AT())
    make_person("clerk", email=ERIKA)

    held = look(" Erika@Muster.example ", at=AT())

    found = {str(line.source) for line in held.lines}
    assert found == {
        "Mängelmelder", "Statusseite", "Rückmeldungen zur Barrierefreiheit", "E-Mails", "Konten", "Protokoll",
    }  # fmt: skip
    (line,) = [
        line for line in held.lines if line.record.reference == report.reference and line.record.fields[0][1]
    ][-1:]
    values = {str(label): value for label, value in line.record.fields}
    assert (values["Telefon"], values["Fotos"]) == ("03375 1", "1")
    assert held.backups_until == clock.today() + timedelta(days=14)


@pytest.mark.usefixtures("in_heideblick")
def test_nobody_gets_hold_of_a_link_that_was_mailed_to_the_person():
    report = received(ERIKA)
    ask_for_link(reference=report.reference, email=ERIKA, by=CITIZEN, at=AT())

    texts = [dict(line.record.fields) for line in look(ERIKA, at=AT()).lines if line.record.kind == "E-Mail"]

    assert len(texts) > 1
    assert not any("/anliegen/" in str(text) or "/bestaetigen/" in str(text) for text in texts)


@pytest.mark.usefixtures("in_heideblick")
def test_an_erasure_empties_what_is_closed_and_leaves_nothing_of_the_person():
    report = received(ERIKA, photo=True)
    move(report, State.QUESTION)
    reply_to_question(reference=report.reference, text="Bei Erika am Tor", by=CITIZEN, at=AT())
    handling.add_note(reference=report.reference, text="Erika rief an", by=make_clerk(), at=AT())
    move(report, State.DONE)
    ask_for_link(reference=report.reference, email=ERIKA, by=CITIZEN, at=AT())
    keep_draft(draft_id=None, email=ERIKA, description="Noch eine", by=CITIZEN, at=AT())
    feedback = submit_feedback(message="Zu klein", address="", name="Erika", email=ERIKA, at=AT())
    close_feedback(feedback_id=feedback.pk, by=make_clerk(), at=AT())
    sent(ERIKA)

    erase_person(email=ERIKA, by=SYSTEM, at=AT())

    report.refresh_from_db()
    assert (report.description, report.place_note, report.state) == ("", "", State.DONE)
    left = [
        model.objects.count() for model in (Reporter, Contact, StatusLink, Draft, BarrierFeedback, StoredFile)
    ]
    assert left == [0, 0, 0, 0, 0, 0]
    assert ERIKA not in [mail.recipient for mail in Outbox.objects.all()]
    texts = dict(TimelineEntry.objects.values_list("kind", "text"))
    assert texts["REPLY"] == ERASED_WORDS
    assert kinds(ERIKA) == []


@pytest.mark.usefixtures("in_heideblick")
def test_notes_of_the_office_stay_and_the_person_is_told_so():
    report = received(ERIKA)
    handling.add_note(reference=report.reference, text="Erika rief an", by=make_clerk(), at=AT())
    move(report, State.DONE)

    held = erase_person(email=ERIKA, by=SYSTEM, at=AT())

    assert TimelineEntry.objects.filter(kind="NOTE", text="Erika rief an").exists()
    (remains,) = [
        str(line.record.remains)
        for line in held.going
        if line.record.subject == f"defects.report:{report.pk}"
    ]
    assert "Notizen der Verwaltung" in remains


@pytest.mark.usefixtures("in_heideblick")
def test_an_open_case_and_an_account_stay_with_their_ground():
    report = received(ERIKA)
    make_person("clerk", email=ERIKA)
    sent(ERIKA)

    held = erase_person(email=ERIKA, by=SYSTEM, at=AT())

    assert Reporter.objects.get(report=report).email == ERIKA
    grounds = {str(line.record.kind): str(line.record.kept_because) for line in held.staying}
    assert set(grounds) == {"Meldung eines Mangels", "Konto", "Einträge im Protokoll"}
    assert all("DSGVO" in ground for ground in grounds.values())


@pytest.mark.usefixtures("in_heideblick")
def test_who_looked_at_something_else_looks_again_and_nothing_is_erased():
    report = received(ERIKA)
    seen = look(ERIKA, at=AT()).fingerprint
    move(report, State.DONE)

    with pytest.raises(FoundMoved):
        erase_person(email=ERIKA, by=SYSTEM, at=AT(), seen=seen)

    assert Reporter.objects.filter(report=report).exists()


def run(heideblick, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    cli.register(parser.add_subparsers())
    wanted = parser.parse_args(["privacy", *arguments, "--slug", heideblick.slug, "--person", ERIKA])
    return int(wanted.run(wanted))


def test_the_association_looks_through_its_own_tables(heideblick, capsys):
    with context.enter_association():
        make_person("operator", email=ERIKA)
    with context.enter(heideblick):
        closed(ERIKA)

    assert cli.run_export(argparse.Namespace(slug="association", person=ERIKA, json=True)) == 0

    records = json.loads(capsys.readouterr().out)["records"]
    assert [record["kind"] for record in records] == ["Konto"]


@pytest.mark.usefixtures("in_heideblick")
def test_the_command_shows_first_and_erases_only_when_confirmed(heideblick, capsys):
    closed(ERIKA)

    assert run(heideblick, "export", "--json") == 0
    exported = json.loads(capsys.readouterr().out)
    assert run(heideblick, "erase", "--dry-run") == 0
    dry = capsys.readouterr().out
    assert Reporter.objects.count() == 1
    with pytest.raises(Invalid):
        run(heideblick, "erase")
    assert run(heideblick, "erase", "--confirm", heideblick.slug) == 0

    assert any(["Telefon", "03375 1"] in record["fields"] for record in exported["records"])
    assert "löschbar  Mängelmelder: Meldung eines Mangels M-" in dry
    assert Reporter.objects.count() == 0


def test_nobody_else_is_touched_neither_here_nor_in_the_neighbourhood(heideblick, luckau):
    with context.enter(luckau):
        there = closed(ERIKA)
        sent(ERIKA)
    with context.enter(heideblick):
        other = closed(OTTO)
        closed(ERIKA)

        erase_person(email=ERIKA, by=SYSTEM, at=AT())

        assert Reporter.objects.get(report=other).email == OTTO
        assert Contact.objects.count() == 1
    with context.enter(luckau):
        assert Reporter.objects.get(report=there).email == ERIKA
        assert len(sent(ERIKA)) > 0
        assert ("Meldung eines Mangels", False) in kinds(ERIKA)
