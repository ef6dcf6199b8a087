# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for access and erasure, from the day they come in until their evidence is deleted."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pikepdf
import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import move
from tests.factories.privacy import ERIKA, make_request, received_from
from tests.factories.sessions import signed_in
from verbund.accounts.api import actor_for
from verbund.audit.models import AuditEntry
from verbund.cases.inbox import Wanted, inbox_cases
from verbund.cases.models import Case
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Forbidden, NotFound
from verbund.modules.defects.models import Reporter
from verbund.modules.defects.states import State as ReportState
from verbund.privacy.persons import requests
from verbund.privacy.persons.errors import IdentityMissing, NotThatKind, ReceivedInFuture, RequestClosed
from verbund.privacy.persons.looking import look
from verbund.privacy.persons.models import Kind, PersonRequest, State

AT = "/verwaltung/datenschutz/antraege/"
inside = pytest.mark.usefixtures("in_heideblick")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 28), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_the_answer_is_due_within_a_month(received, due):
    assert requests.due_on(received) == due


@inside
def test_it_stands_in_the_inbox_of_who_answers_it_and_of_nobody_else():
    wanted = make_request(Kind.ACCESS, received_on=clock.today() - timedelta(days=3))
    chief, clerk = (actor_for(make_person(role)) for role in ("administrator", "clerk"))

    seen = [
        [(case.reference, case.due_on) for case in inbox_cases(who, Wanted(), today=clock.today())]
        for who in (chief, clerk)
    ]

    assert seen == [[(wanted.reference, wanted.due_on)], []]
    assert ERIKA not in wanted.case.subject
    with pytest.raises(Forbidden):
        requests.get_request_for(clerk, wanted.reference)


@inside
def test_nothing_is_handed_out_or_erased_before_somebody_checked_who_asks():
    report = move(received_from(), ReportState.DONE)
    access, erasure = (make_request(kind, identity="").reference for kind in (Kind.ACCESS, Kind.ERASURE))

    with pytest.raises(IdentityMissing):
        requests.close_request(reference=access, result="ANSWERED", by=SYSTEM, at=clock.now())
    with pytest.raises(IdentityMissing):
        requests.erase_for(reference=erasure, seen="", by=SYSTEM, at=clock.now())

    assert Reporter.objects.filter(report=report).exists()


@inside
def test_what_was_not_asked_for_is_refused_and_a_day_to_come_too():
    with pytest.raises(NotThatKind):
        requests.erase_for(reference=make_request(Kind.ACCESS).reference, seen="", by=SYSTEM, at=clock.now())
    with pytest.raises(ReceivedInFuture):
        make_request(Kind.ACCESS, received_on=clock.today() + timedelta(days=1))


@inside
def test_a_closed_request_keeps_what_proves_it_and_no_address():
    report = move(received_from(), ReportState.DONE)
    reference = make_request(Kind.ERASURE).reference

    requests.erase_for(reference=reference, seen="", by=SYSTEM, at=clock.now())

    wanted = PersonRequest.objects.get(reference=reference)
    assert (wanted.state, wanted.email, wanted.case.phase) == (State.ERASED, None, "closed")
    assert any(
        row["numbers"] == report.reference and not row["stays"] and row["count"] == 1
        for row in wanted.outcome["rows"]
    )
    assert ERIKA not in str(wanted.outcome) + str(list(AuditEntry.objects.values_list("changes", "reason")))
    with pytest.raises(RequestClosed):
        requests.erase_for(reference=reference, seen="", by=SYSTEM, at=clock.now())
    (line,) = [line for line in look(ERIKA, at=clock.now()).lines if line.record.reference == reference]
    assert line.stays


@inside
def test_the_evidence_goes_after_three_years_and_not_before():
    old, young = make_request(Kind.ACCESS), make_request(Kind.ACCESS)
    still_open = make_request(Kind.ACCESS)
    now = clock.now()
    for wanted, days in ((old, 3 * 366), (young, 3 * 364)):
        requests.close_request(
            reference=wanted.reference, result="WITHDRAWN", by=SYSTEM, at=now - timedelta(days=days)
        )

    assert requests.delete_old(at=now) == 1

    assert set(PersonRequest.objects.values_list("pk", flat=True)) == {young.pk, still_open.pk}
    assert not Case.objects.filter(reference=old.reference).exists()


def test_an_erasure_on_the_pages_from_recording_to_the_answer(heideblick):
    with context.enter(heideblick):
        report = move(received_from(), ReportState.DONE)
    client = signed_in("administrator", heideblick)
    today = clock.today().isoformat()

    page = client.post(f"{AT}neu/", {"kind": "ERASURE", "email": ERIKA, "received_on": today}, follow=True)
    here = page.request["PATH_INFO"]
    refused = client.get(f"{here}loeschen/", follow=True)
    client.post(f"{here}identitaet/", {"identity": "IN_PERSON"})
    second = client.get(f"{here}loeschen/")
    unsure = client.post(f"{here}loeschen/", {"seen": second.context["held"].fingerprint})
    moved = client.post(f"{here}loeschen/", {"sure": "on", "seen": "veraltet"})
    done = client.post(
        f"{here}loeschen/", {"sure": "on", "seen": second.context["held"].fingerprint}, follow=True
    )
    answer = client.get(f"{here}antwort.pdf")

    assert report.reference in page.content.decode()
    assert refused.request["PATH_INFO"] == here
    assert (unsure.status_code, moved.status_code) == (422, 422)
    assert "Inzwischen hat sich geändert" in moved.content.decode()
    assert "nach dem Abschluss entfernt" in done.content.decode()
    assert ERIKA not in done.content.decode()
    with pikepdf.open(io.BytesIO(answer.content)) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Löschung Ihrer Daten"
    with context.enter(heideblick):
        assert not Reporter.objects.exists()


def test_access_is_one_document_and_leaves_its_reading_in_the_record(heideblick):
    with context.enter(heideblick):
        received_from()
        wanted = make_request(Kind.ACCESS)
    client = signed_in("administrator", heideblick)

    answer = client.get(f"{AT}{wanted.reference}/antwort.pdf")
    closed = client.post(f"{AT}{wanted.reference}/abschluss/", {"result": "ANSWERED"}, follow=True)

    with pikepdf.open(io.BytesIO(answer.content)) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Auskunft über Ihre Daten"
        assert metadata["pdfuaid:part"] == "1"
    assert "Auskunft erteilt" in closed.content.decode()
    with context.enter(heideblick):
        assert AuditEntry.objects.filter(action="privacy.request.looked").exists()


def test_the_neighbour_and_other_roles_see_nothing_of_it(heideblick, luckau):
    with context.enter(heideblick):
        wanted = make_request(Kind.ACCESS)

    assert signed_in("administrator", luckau).get(f"{AT}{wanted.reference}/").status_code == 404
    assert signed_in("clerk", heideblick).get(f"{AT}{wanted.reference}/").status_code == 403
    with context.enter(luckau), pytest.raises(NotFound):
        requests.get_request_for(SYSTEM, wanted.reference)
