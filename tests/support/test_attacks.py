# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that somebody with a support link might try, and must not reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conformance import discovery
from tests.factories.accounts import make_person
from tests.factories.defects import make_report
from tests.factories.sessions import signed_in
from tests.factories.support import let_in, make_grant, make_operator, secret_of
from verbund.accounts.models import Person, Session
from verbund.accounts.permissions import all_permissions, permissions_of
from verbund.accounts.reach.services import set_reach
from verbund.accounts.services.people import deactivate_person
from verbund.cases.models import TimelineEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.support import grants
from verbund.support.models import Grant

INBOX, ENTER = "/verwaltung/", "/verwaltung/fernzugriff/beginnen/"
ENDED = "/verwaltung/fernzugriff/beendet/"


def enter(municipality, secret, client=None):
    client = client or Client(HTTP_HOST=municipality.hosts[0])
    return client.post(ENTER, {"secret": secret})


def is_shut_out(client) -> bool:
    answer = client.get(INBOX)
    return answer.status_code == 302 and answer["Location"] in {ENDED, "/konto/anmelden/?next=/verwaltung/"}


def test_a_link_is_followed_once(heideblick):
    secret = secret_of(heideblick, make_grant(heideblick))
    assert enter(heideblick, secret).status_code == 302

    assert enter(heideblick, secret).status_code == 410
    page = Client(HTTP_HOST=heideblick.hosts[0]).get(f"/verwaltung/fernzugriff/einlass/{secret}/")
    assert page.status_code == 410


def test_looking_at_a_link_does_not_spend_it(heideblick):
    secret = secret_of(heideblick, make_grant(heideblick))
    client = Client(HTTP_HOST=heideblick.hosts[0])
    for _ in range(2):
        page = client.get(f"/verwaltung/fernzugriff/einlass/{secret}/")
        assert page.status_code == 200
        assert "Olga Betrieb" in page.content.decode()
    assert is_shut_out(client)

    assert enter(heideblick, secret, client).status_code == 302


def test_a_link_lives_a_minute(heideblick, time_machine):
    now = clock.now()
    time_machine.move_to(now, tick=False)
    secret = secret_of(heideblick, make_grant(heideblick))
    time_machine.move_to(now + timedelta(seconds=60), tick=False)

    assert enter(heideblick, secret).status_code == 410
    time_machine.move_to(now + timedelta(seconds=59), tick=False)
    assert enter(heideblick, secret).status_code == 302


def test_a_newer_link_takes_the_place_of_the_one_before(heideblick):
    grant = make_grant(heideblick)
    old, new = secret_of(heideblick, grant), secret_of(heideblick, grant)

    assert enter(heideblick, old).status_code == 410
    assert enter(heideblick, new).status_code == 302


def test_a_link_leads_to_its_host_only(heideblick, luckau):
    secret = secret_of(heideblick, make_grant(heideblick))
    assert enter(luckau, secret).status_code == 410
    with context.enter(heideblick):
        Grant.objects.update(link_host="alt.heideblick.example")

    assert enter(heideblick, secret).status_code == 410


def test_an_operators_link_is_not_another_operators(heideblick):
    from verbund.kernel.errors import NotFound

    grant, other = make_grant(heideblick), make_operator()
    with context.enter(heideblick), pytest.raises(NotFound):
        grants.issue_link(grant_id=grant.pk, operator=other.pk, host=heideblick.hosts[0], at=clock.now())


@pytest.mark.parametrize("secret", ["", "x", "0" * 43])
def test_guessing_leads_nowhere(heideblick, secret):
    make_grant(heideblick)  # without a link: its empty hash must not be found by an empty secret

    assert enter(heideblick, secret).status_code == 410


def test_the_cookie_of_one_municipality_opens_no_other(heideblick, luckau):
    client = let_in(heideblick)
    assert client.get(INBOX).status_code == 200
    thief = Client(HTTP_HOST=luckau.hosts[0])
    thief.cookies["sessionid"] = client.cookies["sessionid"].value

    assert is_shut_out(thief)


def test_a_session_moved_to_the_neighbour_opens_nothing(heideblick, luckau):
    """The rows of the grant and of the session copied over: the scope in the payload and its seal give it away."""
    client = let_in(heideblick)
    with context.enter(heideblick):
        row, grant = Session.objects.latest("pk"), Grant.objects.get()
    with context.enter(luckau):
        grant.save(force_insert=True)
        row.pk = None
        row.save(force_insert=True)
    thief = Client(HTTP_HOST=luckau.hosts[0])
    thief.cookies["sessionid"] = client.cookies["sessionid"].value

    assert is_shut_out(thief)


def test_a_fixed_session_is_left_behind(heideblick):
    """An attacker's cookie in the operator's browser before the link is followed."""
    victim = signed_in("clerk", heideblick)
    fixed = victim.cookies["sessionid"].value
    attacker = Client(HTTP_HOST=heideblick.hosts[0])
    attacker.cookies["sessionid"] = fixed

    assert enter(heideblick, secret_of(heideblick, make_grant(heideblick)), victim).status_code == 302

    assert victim.cookies["sessionid"].value != fixed
    assert is_shut_out(attacker)
    assert "Olga Betrieb" in victim.get(INBOX).content.decode()


def test_following_takes_a_token_of_the_page(heideblick):
    secret = secret_of(heideblick, make_grant(heideblick))
    strict = Client(HTTP_HOST=heideblick.hosts[0], enforce_csrf_checks=True)

    assert enter(heideblick, secret, strict).status_code == 403
    page = strict.get(f"/verwaltung/fernzugriff/einlass/{secret}/")
    token = page.context["csrf_token"]
    done = strict.post(ENTER, {"secret": secret, "csrfmiddlewaretoken": str(token)})
    assert done.status_code == 302
    leave = strict.post("/verwaltung/fernzugriff/verlassen/")
    assert leave.status_code == 403
    assert strict.get(INBOX).status_code == 200, "still in"


def test_it_ends_at_its_time(heideblick, time_machine):
    now = clock.now()
    time_machine.move_to(now, tick=False)
    client = let_in(heideblick, minutes=30)
    time_machine.move_to(now + timedelta(minutes=29, seconds=59), tick=False)
    assert client.get(INBOX).status_code == 200
    time_machine.move_to(now + timedelta(minutes=30), tick=False)

    assert client.get(INBOX)["Location"] == ENDED
    assert is_shut_out(client)


def test_it_ends_at_the_click_of_the_administration(heideblick):
    client = let_in(heideblick)
    admin = signed_in("administrator", heideblick)

    answer = admin.post(f"/verwaltung/fernzugriff/{client.grant.pk}/beenden/")

    assert answer.status_code == 302
    assert client.get(INBOX)["Location"] == ENDED
    page = client.get(ENDED)
    assert "Der Fernzugriff ist beendet" in page.content.decode()
    assert is_shut_out(client)


def test_a_htmx_fragment_moves_the_whole_page_when_it_has_ended(heideblick):
    client = let_in(heideblick)
    with context.enter(heideblick):
        grants.end(grant_id=client.grant.pk, by=SYSTEM, at=clock.now())

    answer = client.get(INBOX, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == ENDED


def test_a_change_sent_after_the_end_is_not_carried_out(heideblick):
    client = let_in(heideblick, may_change=True)
    with context.enter(heideblick):
        report = make_report()
        grants.end(grant_id=client.grant.pk, by=SYSTEM, at=clock.now())
        before = TimelineEntry.objects.count()

    answer = client.post(f"/verwaltung/maengel/{report.reference}/notiz/", {"notiz-text": "Mast 7"})

    assert answer["Location"] == ENDED
    with context.enter(heideblick):
        assert TimelineEntry.objects.count() == before


@pytest.mark.parametrize("change", ["deactivated", "demoted", "limited"])
def test_it_ends_when_the_operator_is_no_longer_one(heideblick, luckau, change):
    operator = make_operator()
    client = let_in(heideblick, make_grant(heideblick, operator))
    with context.enter_association():
        make_person("operator")  # the last one could not be closed
        if change == "deactivated":
            deactivate_person(person_id=operator.pk, by=SYSTEM, at=clock.now())
        elif change == "demoted":
            Person.objects.filter(pk=operator.pk).update(role="finance")
        else:
            set_reach(person_id=operator.pk, tenants=[luckau.number], by=SYSTEM, at=clock.now())

    assert client.get(INBOX)["Location"] == ENDED


def test_a_second_browser_takes_over_from_the_first(heideblick):
    first = let_in(heideblick)
    second = let_in(heideblick, first.grant)

    assert second.get(INBOX).status_code == 200
    assert is_shut_out(first)


def _paths():
    """Every address of a municipality that takes a changing request, with invented arguments."""
    for route in discovery.routes():
        if route.host != "municipality" or not discovery.unsafe_methods(route.view) or not route.name:
            continue
        pattern = route.pattern
        if pattern.startswith("open311/") or route.name == "support-staff:leave":
            continue
        yield pytest.param(route.name, id=route.name)


ARGUMENTS = {
    "person_id": 1, "session_id": 1, "token_id": 1, "reference": "M-2026-0001", "kind": "kontakt", "feedback_id": 1,
    "code": "street-light", "version_id": 1, "pk": 1, "uidb36": "5", "key": "x", "secret": "x", "number": 1,
    "grant_id": "01890000-0000-7000-8000-000000000000", "announcement_id": 1,
    "deputy_id": 1, "mail_id": 1, "template": "cases/status_link", "view_id": 1, "link_id": 1, "slug": "defects.report", "photo_id": 1, "month": "2026-10", "form": "pdf",
    "meter": "http.requests", "day": "2026-10-12",
}  # fmt: skip


def _reverse(name: str) -> str:
    from django.urls import NoReverseMatch, get_resolver

    resolver = get_resolver("verbund.config.urls.municipality")
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    wanted = {
        key
        for possible, *_rest in resolver.reverse_dict.getlist(name.rsplit(":", maxsplit=1)[-1])
        for _text, keys in possible
        for key in keys
    }
    try:
        return reverse(
            name,
            urlconf="verbund.config.urls.municipality",
            kwargs={key: ARGUMENTS[key] for key in wanted},
        )
    except (NoReverseMatch, KeyError) as error:
        raise AssertionError(f"{name} needs an argument in ARGUMENTS: {error}") from error


@pytest.mark.parametrize("name", list(_paths()))
def test_who_may_read_changes_nothing_anywhere(heideblick, name):
    client = let_in(heideblick)
    if name == "support-staff:enter":
        return  # leads out of the session into another; tried above

    answer = client.post(
        _reverse(name), {}, content_type="application/json" if "api" in name else "text/plain"
    )

    assert answer.status_code == 403, name
    text = answer.content.decode()
    assert "darf nur lesen" in text or "kein eigenes Konto" in text


FORBIDDEN = (
    "/verwaltung/personen/", "/verwaltung/personen/einladen/", "/verwaltung/zugangsschluessel/",
    "/verwaltung/seiten/", "/verwaltung/seiten/kontakt/", "/verwaltung/auftragsverarbeitung/",
    "/verwaltung/auftragsverarbeitung/zustimmen/1/", "/verwaltung/fernzugriff/",
    "/konto/", "/konto/passwort/aendern/", "/konto/zweiter-faktor/", "/konto/zweiter-faktor/app/",
)  # fmt: skip


@pytest.mark.parametrize("path", FORBIDDEN)
def test_even_who_may_change_does_not_get_here(heideblick, path):
    """People, keys, second factors, legal texts, agreements, and the access itself."""
    client = let_in(heideblick, may_change=True)

    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403


@pytest.mark.parametrize("verb", ["freigeben", "ablehnen", "beenden"])
def test_a_guest_does_not_decide_on_guests(heideblick, verb):
    client = let_in(heideblick, may_change=True)
    other = make_grant(heideblick)

    assert client.post(f"/verwaltung/fernzugriff/{other.pk}/{verb}/").status_code == 403
    assert client.post("/verwaltung/fernzugriff/einstellung/", {}).status_code == 403


def test_the_role_of_guests_holds_nothing_that_is_not_meant_for_them():
    """Whatever a new package brings is closed to guests until it says otherwise; these stay closed for good."""
    held = permissions_of("support")

    assert held
    assert held <= all_permissions()
    never = ("accounts:", "agreements:", "support:", "public:page", "defects:contact")
    assert [name for name in held if name.startswith(never) or "export" in name or "archive" in name] == []


def test_nobody_can_be_given_the_role(heideblick):
    admin = signed_in("administrator", heideblick)

    answer = admin.post(
        "/verwaltung/personen/einladen/", {"name": "X", "email": "x@heideblick.example", "role": "support"}
    )

    assert answer.status_code == 422
    assert 'value="support"' not in admin.get("/verwaltung/personen/einladen/").content.decode()


def test_a_guest_is_nobody_work_can_be_given_to(heideblick):
    client = let_in(heideblick, may_change=True)
    with context.enter(heideblick):
        report = make_report()

    answer = client.post(f"/verwaltung/maengel/{report.reference}/zustaendig/", {"zustaendig-person": "0"})

    assert answer.status_code in {404, 422}
