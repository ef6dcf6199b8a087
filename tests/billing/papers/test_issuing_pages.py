# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the drafts to the issued documents, in the browser's steps."""

from __future__ import annotations

import pytest

from billing.closing.models import BillingPeriod
from billing.closing.states import State
from billing.issuing.models import Document, Issuer, IssueRun, NumberRange, Recipient
from billing.issuing.running import run_issue
from tests.billing.issuing.reading import text_of
from tests.factories.closing import AT, OCTOBER
from tests.factories.documents import approved_month, make_recipient
from tests.factories.sessions import signed_in
from verbund.kernel import context

MONTH = "/finanzen/2026-10/"
PREVIEW, ISSUE = f"{MONTH}dokumente/", f"{MONTH}dokumente/ausstellen/"


@pytest.fixture
def month(heideblick, luckau, time_machine):
    time_machine.move_to(AT)
    with context.enter_association():
        return approved_month(heideblick, luckau)


def state():
    return BillingPeriod.objects.get(month=OCTOBER.first).state


def work_off():
    """What the worker does."""
    with context.enter_association():
        return run_issue(IssueRun.objects.first().job_id)


def test_the_month_leads_to_the_drafts_and_they_add_up(month):
    client = signed_in("finance")

    leads = client.get(MONTH).content.decode()
    page = client.get(PREVIEW)

    assert f'href="{PREVIEW}"' in leads
    assert [entry["member"].tenant.name for entry in page.context["rows"]] == ["Heideblick", "Luckau"]
    assert sum(item["cents"] for item in page.context["sums"]) == page.context["total"]
    assert page.context["blocked"] == []
    with context.enter_association():
        assert (Document.objects.count(), NumberRange.objects.count()) == (0, 0)


def test_a_draft_is_a_pdf_that_says_so(month):
    answer = signed_in("auditor").get(f"{PREVIEW}entwurf/heideblick/STD/")

    assert answer["Content-Type"] == "application/pdf"
    assert "ENTWURF" in text_of(answer.content)
    assert signed_in("finance").get(f"{PREVIEW}entwurf/heideblick/XXX/").status_code == 404


def test_who_lacks_a_leitweg_id_is_named_before_anything_is_issued(month):
    with context.enter_association():
        Recipient.objects.filter(tenant=month.members[0]).update(leitweg_id="")
    client = signed_in("finance")

    page = client.get(PREVIEW)
    draft = client.get(f"{PREVIEW}entwurf/heideblick/STD/")

    assert [entry["member"].tenant.slug for entry in page.context["blocked"]] == ["heideblick"]
    assert "Leitweg-ID" in page.context["blocked"][0]["sentences"][0]
    assert (draft.status_code, "Leitweg-ID" in draft.content.decode()) == (409, True)


def test_without_the_association_s_own_details_the_page_says_what_is_missing(month):
    with context.enter_association():
        Issuer.objects.all().delete()
    client = signed_in("finance")

    assert "wie der Verband auf seinen Dokumenten steht" in client.get(PREVIEW).content.decode()
    assert "wie der Verband auf seinen Dokumenten steht" in client.post(ISSUE).content.decode()
    with context.enter_association():
        assert not IssueRun.objects.exists()


def test_pressing_the_button_lets_a_worker_issue_and_the_page_follows(month):
    client = signed_in("finance")
    assert "8 Dokumente über zusammen" in client.get(ISSUE).content.decode()

    started = client.post(ISSUE)
    waiting = client.get(started["Location"]).content.decode()
    assert "wartet auf seinen Beginn" in waiting
    assert "hx-get" in waiting
    assert work_off()

    done = client.get(started["Location"]).content.decode()
    assert "Alle 8 Dokumente sind ausgestellt." in done
    assert "hx-get" not in done
    with context.enter_association():
        assert state() == State.ISSUED
    assert client.get(ISSUE).status_code == 404


def test_the_fragment_says_nothing_twice_and_stops_at_the_end(month):
    client = signed_in("finance")
    address = client.post(ISSUE)["Location"]
    progress = client.get(address).context["progress"]

    assert client.get(f"{address}stand/?bekannt={progress.mark}").status_code == 204
    assert client.get(f"{address}stand/").status_code == 200
    work_off()
    end = client.get(f"{address}stand/?bekannt={progress.mark}")

    assert end.status_code == 286
    assert "Fertig: 8 Dokumente." in end.content.decode()


def test_what_failed_is_listed_with_the_way_to_try_again(month):
    with context.enter_association():
        Recipient.objects.filter(tenant=month.members[0]).update(leitweg_id="")
    client = signed_in("finance")
    address = client.post(ISSUE)["Location"]
    assert work_off() is False

    page = client.get(address)

    assert [(item["name"], item["regime"]) for item in page.context["progress"].failures] == [
        ("Heideblick", regime) for regime in ("PUB", "CSG", "STD")
    ]
    assert "Erneut versuchen" in page.content.decode()
    with context.enter_association():
        make_recipient(month.members[0])
    again = client.post(ISSUE)["Location"]
    assert again != address
    assert work_off()
    with context.enter_association():
        assert (Document.objects.count(), state()) == (8, State.ISSUED)


def test_a_rehearsal_issues_nothing(month):
    client = signed_in("finance")

    address = client.post(f"{PREVIEW}probe/")["Location"]
    assert work_off()

    assert "Ausgestellt ist noch nichts." in client.get(address).content.decode()
    with context.enter_association():
        assert (Document.objects.count(), state()) == (0, State.APPROVED)


def test_an_auditor_looks_and_presses_nothing(month):
    auditor = signed_in("auditor")

    page = auditor.get(PREVIEW)

    assert page.status_code == 200
    assert not page.context["may_issue"]
    assert auditor.get(ISSUE).status_code == 403
    assert auditor.post(f"{PREVIEW}probe/").status_code == 403
    assert signed_in("operator").get(PREVIEW).status_code == 403


def test_a_run_is_found_below_its_own_month_only(month):
    client = signed_in("finance")
    address = client.post(ISSUE)["Location"]

    assert client.get(address.replace("2026-10", "2026-09")).status_code == 404
    assert client.get(f"{PREVIEW}vorgang/999999/").status_code == 404
