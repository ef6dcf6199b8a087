# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys of programs: known by hash, good at one place, for what was granted, until they are revoked."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.urls import path
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from tests.factories.accounts import client_for, make_person
from tests.factories.sessions import signed_in
from verbund.accounts import rest
from verbund.accounts.api import actor_for, actor_of
from verbund.accounts.errors import TokenRefused
from verbund.accounts.models import ApiToken, Person
from verbund.accounts.services.people import create_person
from verbund.accounts.services.tokens import adopt_token, issue_token, recognise_token, revoke_token
from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.clock import BERLIN
from verbund.kernel.errors import Invalid, NotFound

SCOPE = "audit:entry:read"


@pytest.fixture
def chief(in_heideblick) -> Person:
    return make_person("administrator")


def issue(by: Person, **fields) -> str:
    values = {"name": "Karten-App", "scopes": [SCOPE], **fields}
    return issue_token(**values, by=actor_for(by), at=clock.now())[1]


class Guarded(APIView):
    permission_classes = [rest.HasPermission]
    required_permission = SCOPE

    def get(self, request) -> Response:
        actor = actor_of(request)
        return Response({"kind": actor.kind, "id": actor.id, "name": actor.name, "role": actor.role})


class Silent(APIView):
    def get(self, _request) -> HttpResponse:
        return HttpResponse("never")


urlpatterns = [path("", Guarded.as_view())]


def ask(text: str, view: type[APIView] = Guarded):
    return view.as_view()(APIRequestFactory().get("/", HTTP_AUTHORIZATION=f"Bearer {text}"))


def test_text_names_the_place_and_is_kept_as_a_hash_only(chief, in_heideblick):
    text = issue(chief)

    assert re.fullmatch(r"vb_m000001_[\w-]{43}", text)
    kept = str(ApiToken.objects.values().get())
    assert text not in kept
    assert text[11:] not in kept
    assert ApiToken.objects.get().beginning == text[:17]
    assert text not in str(list(AuditEntry.objects.values()))


def test_program_acts_under_its_name_with_its_scopes(chief):
    text = issue(chief)

    answer = ask(text)

    assert answer.status_code == 200
    assert answer.data == {
        "kind": "token",
        "id": str(ApiToken.objects.get().pk),
        "name": "Karten-App",
        "role": "token",
    }
    assert ApiToken.objects.get().last_used_on == clock.today()


def test_day_of_use_is_written_once_a_day(chief, django_assert_num_queries):
    text = issue(chief)
    ask(text)

    with django_assert_num_queries(1):
        recognise_token(text, at=clock.now())
    ApiToken.objects.update(last_used_on=date(2026, 1, 1))
    recognise_token(text, at=clock.now())
    assert ApiToken.objects.get().last_used_on == clock.now().astimezone(BERLIN).date()


def test_token_is_refused_at_another_host(heideblick, luckau):
    with context.enter(heideblick):
        text = issue(make_person("administrator"))
        row = ApiToken.objects.values().get()
    with context.enter(luckau):
        assert ask(text).status_code == 401
        # even a row that was copied over: the text names its place
        ApiToken.objects.create(**{**row, "created_by_id": None})
        assert ask(text).status_code == 401
    with context.enter_association():
        assert ask(text).status_code == 401


@pytest.mark.parametrize("text", ["", "vb_m000001_", "vb_m000001_geraten", "vb_association_x", "irgendwas"])
def test_unknown_texts_are_refused_alike(in_heideblick, text):
    answer = ask(text)

    assert answer.status_code == 401
    assert answer.data["detail"] == "Der Zugangsschlüssel gilt hier nicht."


def test_revoked_and_expired_tokens_are_refused(chief):
    revoked, expired = issue(chief), issue(chief, expires_at=clock.now() - timedelta(seconds=1))
    revoke_token(
        token_id=ApiToken.objects.get(beginning=revoked[:17]).pk, by=actor_for(chief), at=clock.now()
    )

    for text in (revoked, expired):
        with pytest.raises(TokenRefused):
            recognise_token(text, at=clock.now())
    assert AuditEntry.objects.filter(action="accounts.token.revoked").count() == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "clerk"}])
def test_key_rests_while_its_issuer_may_not_do_the_same_and_a_colleague_may_take_it_over(chief, change):
    successor, text = make_person("administrator"), issue(chief)
    token = ApiToken.objects.get()
    Person.objects.filter(pk=chief.pk).update(**change)
    assert ask(text).status_code == 401

    adopt_token(token_id=token.pk, by=actor_for(successor), at=clock.now())

    assert ask(text).status_code == 200
    adopted = AuditEntry.objects.get(action="accounts.token.adopted")
    assert adopted.changes == {"created_by": [chief.pk, successor.pk]}


def test_key_of_the_system_needs_nobody(in_heideblick):
    _token, text = issue_token(name="Abruf", scopes=[SCOPE], by=SYSTEM, at=clock.now())

    assert ask(text).status_code == 200


def test_nobody_takes_over_what_is_revoked_or_does_more_than_they_may(chief):
    issue(chief)
    token = ApiToken.objects.get()
    with pytest.raises(Invalid):
        adopt_token(token_id=token.pk, by=actor_for(make_person("clerk")), at=clock.now())
    with pytest.raises(NotFound):
        adopt_token(token_id=10**9, by=actor_for(chief), at=clock.now())
    revoke_token(token_id=token.pk, by=actor_for(chief), at=clock.now())

    with pytest.raises(Invalid):
        adopt_token(token_id=token.pk, by=actor_for(make_person("administrator")), at=clock.now())
    assert ApiToken.objects.get().created_by == chief


def test_pages_say_that_a_key_rests_and_before_an_account_is_closed_that_it_will(in_heideblick):
    leaver = make_person("administrator")
    text = issue(leaver)

    page = signed_in("administrator", in_heideblick).get(f"/verwaltung/personen/{leaver.pk}/")
    assert "läuft ein gültiger Zugangsschlüssel" in page.content.decode()
    Person.objects.filter(pk=leaver.pk).update(is_active=False)
    client = signed_in("administrator", in_heideblick)
    assert ">ruht<" in re.sub(r"\s+", "", client.get("/verwaltung/zugangsschluessel/").content.decode())

    client.post(f"/verwaltung/zugangsschluessel/{ApiToken.objects.get().pk}/uebernehmen/")

    assert ask(text).status_code == 200
    assert "ruht<" not in client.get("/verwaltung/zugangsschluessel/").content.decode()


def test_nobody_passes_on_more_than_they_hold(chief):
    clerk = make_person("clerk")

    for by, scopes in ((clerk, [SCOPE]), (chief, ["tenants:tenant:onboard"]), (chief, [])):
        with pytest.raises(Invalid):
            issue(by, scopes=scopes)


def test_missing_scope_is_forbidden(chief):
    text = issue(chief, scopes=["accounts:token:manage"])

    assert ask(text).status_code == 403


def test_view_that_does_not_say_who_may_use_it_is_used_by_nobody(chief):
    assert ask(issue(chief), Silent).status_code == 403


def test_unknown_key_cannot_be_revoked(chief):
    with pytest.raises(NotFound):
        revoke_token(token_id=10**9, by=actor_for(chief), at=clock.now())


def test_page_shows_the_text_once(in_heideblick):
    chief = create_person(
        email="c@heideblick.example",
        name="C",
        role="administrator",
        password="x" * 20,
        totp_secret="JBSWY3DPEHPK3PXP",
        by=SYSTEM,
        at=clock.now(),
    )
    client = client_for(chief, in_heideblick)

    issued = client.post(
        "/verwaltung/zugangsschluessel/",
        {"name": "Karten-App", "scopes": [SCOPE], "valid_until": "31.12.2099"},
    )
    text = re.search(r"vb_m000001_[\w-]{43}", issued.content.decode())[0]
    later = client.get("/verwaltung/zugangsschluessel/")

    assert text not in later.content.decode()
    assert "no-store" in issued["Cache-Control"]
    token = ApiToken.objects.get()
    assert token.expires_at.astimezone(BERLIN).date() == date(2100, 1, 1)
    with_key = client_for(None, in_heideblick).get("/api/v1/", HTTP_AUTHORIZATION=f"Bearer {text}")
    assert with_key.status_code in {200, 404}
    client.post(f"/verwaltung/zugangsschluessel/{token.pk}/sperren/")
    assert ask(text).status_code == 401
