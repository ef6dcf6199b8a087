# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of keys: who sees it, who may renew, what it says of a renewal under way and of one that failed."""

from __future__ import annotations

import pytest
from lxml import html

from tenants.keys.renewal import JOB_KIND
from tests.factories.accounts import PASSWORD, client_for
from tests.factories.sessions import signed_in
from verbund.accounts.services.people import create_person
from verbund.jobs.models import Job, JobStep
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.context import Municipality

pytestmark = pytest.mark.usefixtures("heideblick", "luckau")


def jobs() -> dict[str, str]:
    with context.enter_association():
        return dict(Job.objects.filter(kind=JOB_KIND).values_list("subject", "state"))


def texts(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def test_an_operator_orders_one_renewal_and_sees_it_wait(luckau: Municipality):
    browser = signed_in("operator")
    answer = browser.post("/schluessel/erneuern/", {"slug": "luckau", "with_data": "on"}, follow=True)

    assert jobs() == {luckau.key: "WAITING"}
    assert "Die Erneuerung ist in Auftrag gegeben." in texts(answer)
    with context.enter_association():
        assert JobStep.objects.filter(name="reencrypt").count() == 1


def test_choosing_all_renews_everybody_once(heideblick: Municipality, luckau: Municipality):
    browser = signed_in("operator")
    browser.post("/schluessel/erneuern/", {"slug": "*"})
    browser.post("/schluessel/erneuern/", {"slug": "*"})

    assert jobs() == {"association": "WAITING", heideblick.key: "WAITING", luckau.key: "WAITING"}


def test_a_second_order_for_the_same_is_refused_at_the_form():
    browser = signed_in("operator")
    browser.post("/schluessel/erneuern/", {"slug": "luckau"})

    assert "Dieser Vorgang läuft schon." in texts(browser.post("/schluessel/erneuern/", {"slug": "luckau"}))


def test_a_failed_renewal_says_why_and_goes_on_when_asked(luckau: Municipality):
    browser = signed_in("operator")
    browser.post("/schluessel/erneuern/", {"slug": "luckau"})
    with context.enter_association():
        job = Job.objects.get(kind=JOB_KIND)
        Job.objects.update(
            state="FAILED", message="Der Geheimnisspeicher ist versiegelt.", finished_at=clock.now()
        )
    page = browser.get("/schluessel/")

    assert "Der Geheimnisspeicher ist versiegelt." in texts(page)
    assert "Luckau: erneut versuchen" in texts(page)
    browser.post(f"/schluessel/{job.pk}/erneut/")
    assert jobs() == {luckau.key: "WAITING"}


def test_an_auditor_sees_the_state_and_may_not_renew():
    browser = signed_in("auditor")

    assert "Erneuern" not in [
        button.text_content().strip()
        for button in html.fromstring(browser.get("/schluessel/").content).iter("button")
    ]
    assert browser.post("/schluessel/erneuern/", {"slug": "luckau"}).status_code == 403
    assert jobs() == {}


def test_the_fragment_is_silent_while_nothing_is_new(luckau: Municipality):
    browser = signed_in("operator")
    browser.post("/schluessel/erneuern/", {"slug": "luckau"})
    board = html.fromstring(browser.get("/schluessel/").content).get_element_by_id("stand")
    address = board.get("hx-get")

    assert browser.get(address).status_code == 204
    with context.enter_association():
        JobStep.objects.filter(name="rewrap").update(state="RUNNING", message="3 von 7")
    news = browser.get(address)
    assert (news.status_code, "3 von 7" in texts(news)) == (200, True)
    with context.enter_association():
        Job.objects.update(state="DONE", finished_at=clock.now())
    assert browser.get(address).status_code == 286


def test_the_page_asks_the_database_the_same_number_of_times_however_many_there_are(
    django_assert_num_queries,
):
    browser = signed_in("operator")
    browser.get("/schluessel/")
    browser.post("/schluessel/erneuern/", {"slug": "luckau"})
    browser.get("/schluessel/")  # shows the message once
    with django_assert_num_queries(7):
        browser.get("/schluessel/")
    browser.post("/schluessel/erneuern/", {"slug": "*"})
    browser.get("/schluessel/")
    with django_assert_num_queries(7):
        browser.get("/schluessel/")


def test_an_order_asks_for_the_second_factor_again():
    with context.enter_association():
        person = create_person(
            email="lang@verbund.example", name="Lange Angemeldet", role="operator", password=PASSWORD,
            totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", by=SYSTEM, at=clock.now(),
        )  # fmt: skip
        browser = client_for(person, context.ASSOCIATION)

    answer = browser.post("/schluessel/erneuern/", {"slug": "*"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/bestaetigen/code/")
    assert jobs() == {}
