# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps that weigh ask again who it is: with the second factor where there is one, and never replaying a form."""

from __future__ import annotations

import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories.accounts import make_person
from tests.factories.sessions import session_key
from verbund.accounts.access import requires_fresh_factor
from verbund.accounts.services.people import create_person
from verbund.accounts.sessions import SessionStore
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM

pytestmark = pytest.mark.urls("verbund.config.urls.municipality")
PASSWORD, APP = "/konto/bestaetigen/", "/konto/bestaetigen/code/"
FORM, STEP = "/kommunen/luckau/aussetzen/", "/kommunen/luckau/weg/"


@requires_fresh_factor
def step(_request):
    return HttpResponse("getan")


def with_app():
    return create_person(
        email="app@heideblick.example", name="Mit App", role="clerk", password="korrekt-pferd-batterie",
        totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def answer(person, *records, method="post", path=STEP):
    request = getattr(RequestFactory(), method)(path, HTTP_REFERER=f"http://testserver{FORM}")
    request.user = person
    request.session = SessionStore(session_key(person))
    request.session["account_authentication_methods"] = [
        {"method": method, "at": time.time() - 60 * minutes_ago} for method, minutes_ago in records
    ]
    return step(request)


@pytest.mark.parametrize(
    ("records", "way"),
    [
        ([], APP),
        ([("password", 0)], APP),
        ([("mfa", 6)], APP),
        ([("mfa", 6), ("password", 0)], APP),
        ([("mfa", 4)], None),
        ([("mfa", 1), ("password", 30)], None),
    ],
)
def test_who_has_a_factor_confirms_with_that(in_heideblick, records, way):
    found = answer(with_app(), *records)

    if way is None:
        assert found.content == b"getan"
    else:
        assert found["Location"] == f"{way}?next={FORM}"


@pytest.mark.parametrize(("minutes", "passes"), [(4, True), (6, False)])
def test_without_a_factor_the_password_counts(in_heideblick, minutes, passes):
    found = answer(make_person(), ("password", minutes))

    assert (found.status_code == 200) is passes
    assert passes or found["Location"] == f"{PASSWORD}?next={FORM}"


def test_page_with_its_own_form_asks_before_it_is_filled_in(in_heideblick):
    found = answer(make_person(), method="get", path=f"{FORM}?ab=heute")

    assert found["Location"] == f"{PASSWORD}?next={FORM}%3Fab%3Dheute"
