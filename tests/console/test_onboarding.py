# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A new member: found in the list, checked, requested, watched, tried again."""

from __future__ import annotations

import pytest
from kombu.exceptions import OperationalError

from tenants.models import Body, Host, OnboardingRequest, Tenant
from tests.factories.onboarding import BESTENSEE, EICHWALDE, failed_at, requested
from tests.factories.sessions import signed_in
from verbund.audit.models import AuditEntry
from verbund.jobs.models import Job, JobStep, State
from verbund.kernel import context

NEW = "/kommunen/neu/"
GIVEN = {
    "kind": "gemeinde",
    "name": "Bestensee",
    "slug": "bestensee",
    "ars": "",
    "hosts": "bestensee.localhost\r\nwww.bestensee.example",
    "admin_email": "it@bestensee.example",
    "profile": "beispiel",
    "modules": ["defects"],
    "bodies-TOTAL_FORMS": "1",
    "bodies-INITIAL_FORMS": "0",
    "bodies-MIN_NUM_FORMS": "0",
    "bodies-MAX_NUM_FORMS": "40",
    "bodies-0-ags": "12061020",
    "bodies-0-name": "",
}


def members() -> int:
    with context.enter_association():
        return Tenant.objects.count()


def test_list_of_municipalities_fills_the_form(db):
    client = signed_in("operator")

    found = client.get(f"{NEW}?q=dahme").content.decode()
    filled = client.get(f"{NEW}?schluessel=120725204")

    assert "?schluessel=120725204" in found
    assert filled.context["form"].initial["slug"] == "amt-dahme-mark"
    assert [row.initial["name"] for row in filled.context["bodies"]] == [
        "Dahme/Mark",
        "Dahmetal",
        "Ihlow",
        "Niederer Fläming",
    ]


def test_members_are_found_but_not_offered_again(heideblick):
    page = signed_in("operator").get(f"{NEW}?q=heideblick").content.decode()

    assert "schon Mitglied" in page
    assert "?schluessel=12061219" not in page


def test_search_answers_htmx_with_the_results_alone(db):
    answer = signed_in("operator").get(f"{NEW}?q=bestensee", headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "?schluessel=12061020" in page
    assert "<html" not in page


def test_check_shows_what_would_happen_and_makes_nothing(heideblick):
    before = members()

    page = signed_in("operator").post(NEW, {**GIVEN, "aktion": "pruefen"}).content.decode()

    assert "Bisher wurde nichts angelegt" in page
    assert "Vorlagen der Rechtstexte anlegen" in page
    assert members() == before


def test_enter_key_checks_and_never_creates(heideblick):
    before = members()

    signed_in("operator").post(NEW, GIVEN)

    assert members() == before


def test_request_is_written_and_leads_to_its_steps(heideblick, django_capture_on_commit_callbacks):
    client = signed_in("operator")

    with django_capture_on_commit_callbacks() as waking:
        answer = client.post(NEW, {**GIVEN, "aktion": "anlegen"})

    assert answer["Location"] == "/kommunen/bestensee/einrichtung/"
    assert len(waking) == 1
    with context.enter_association():
        tenant = Tenant.objects.get(slug="bestensee")
        assert list(
            Host.objects.filter(tenant=tenant).order_by("-is_primary").values_list("domain", flat=True)
        ) == [
            "bestensee.localhost",
            "www.bestensee.example",
        ]
        assert Body.objects.get(tenant=tenant).name == "Bestensee", "the official name where none was given"
        assert OnboardingRequest.objects.get(tenant=tenant).admin_email == "it@bestensee.example"
        entry = AuditEntry.objects.get(
            action="tenants.tenant.requested", subject=f"tenants.tenant:{tenant.number}"
        )
        assert entry.actor_id == str(client.person.pk)


def test_request_stands_also_while_the_broker_is_away(
    heideblick, django_capture_on_commit_callbacks, monkeypatch
):
    def unreachable(*_arguments, **_options):
        raise OperationalError("Connection refused")

    monkeypatch.setattr("celery.app.task.Task.apply_async", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in("operator").post(NEW, {**GIVEN, "aktion": "anlegen"})

    assert answer.status_code == 302
    with context.enter_association():
        assert Job.objects.get(subject=Tenant.objects.get(slug="bestensee").key).state == State.WAITING


@pytest.mark.parametrize(
    ("changed", "field", "part"),
    [
        ({"slug": "heideblick"}, "slug", "schon vergeben"),
        ({"slug": "Be stensee"}, "slug", "Kürzel besteht aus"),
        ({"slug": "verbund"}, "slug", "reserviert"),
        ({"slug": ""}, "slug", "Kürzel"),
        ({"hosts": "heideblick.localhost"}, "hosts", "gehört schon"),
        ({"hosts": "verbund.localhost"}, "hosts", "nicht erlaubt"),
        ({"admin_email": "kaputt"}, "admin_email", "E-Mail-Adresse"),
        ({"kind": "amt"}, "ars", "9 Ziffern"),
        ({"kind": ""}, "kind", "Art"),
        ({"modules": ["gibtsnicht"]}, "modules", "Auswahl"),
    ],
)
def test_reason_stands_at_its_field_and_nothing_is_lost(heideblick, changed, field, part):
    before = members()

    answer = signed_in("operator").post(NEW, {**GIVEN, **changed, "aktion": "anlegen"})

    assert answer.status_code == 422
    assert part in " ".join(answer.context["form"].errors[field])
    page = answer.content.decode()
    kept = {"name": "Bestensee", "bodies-0-ags": "12061020", "admin_email": "it@bestensee.example"} | {
        name: value for name, value in changed.items() if name in {"slug", "admin_email"}
    }
    assert all(f'value="{value}"' in page for value in kept.values() if value)
    assert "Bitte prüfen Sie Ihre Angaben" in page
    assert members() == before


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"bodies-0-ags": "12061219"}, "gehört schon zu einem Mitglied"),
        ({"bodies-0-ags": "12999999", "bodies-0-name": "Nirgendwo"}, "gibt es im Gemeindeverzeichnis nicht"),
        ({"bodies-0-ags": "11000000", "bodies-0-name": "Berlin"}, "nicht in Brandenburg"),
        ({"bodies-0-ags": ""}, "AGS"),
    ],
)
def test_reason_about_a_municipality_stands_at_its_row(heideblick, row, part):
    answer = signed_in("operator").post(NEW, {**GIVEN, **row, "aktion": "pruefen"})

    assert answer.status_code == 422
    assert part in " ".join(answer.context["bodies"].forms[0].errors["ags"])


def test_rows_are_added_without_javascript_and_without_judging(db):
    answer = signed_in("operator").post(NEW, {**GIVEN, "slug": "halb fertig", "aktion": "zeile"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.context["bodies"].forms) == 2
    assert 'value="halb fertig"' in page
    assert 'value="12061020"' in page
    assert "vb-error-summary" not in page


def test_names_are_filled_in_from_the_list(db):
    answer = signed_in("operator").post(NEW, {**GIVEN, "name": "", "aktion": "ergaenzen"})

    assert 'name="bodies-0-name" value="Bestensee"' in answer.content.decode()
    assert answer.context["form"].initial["name"] == "Bestensee"


def test_amt_has_several_municipalities(heideblick):
    rows = {"12072053": "Dahme/Mark", "12072055": "Dahmetal", "": ""}
    given = {
        **GIVEN,
        "kind": "amt",
        "name": "Amt Dahme/Mark",
        "slug": "amt-dahme-mark",
        "ars": "120725204",
        "hosts": "amt-dahme-mark.localhost",
        "bodies-TOTAL_FORMS": "3",
    }
    for position, (ags, name) in enumerate(rows.items()):
        given |= {f"bodies-{position}-ags": ags, f"bodies-{position}-name": name}

    answer = signed_in("operator").post(NEW, {**given, "aktion": "anlegen"})

    assert answer.status_code == 302
    with context.enter_association():
        assert Body.objects.filter(tenant__slug="amt-dahme-mark").count() == 2


def test_steps_are_told_only_when_something_is_new(heideblick):
    job = requested(**BESTENSEE)
    client = signed_in("operator")
    fragment = "/kommunen/bestensee/einrichtung/stand/"
    mark = client.get("/kommunen/bestensee/einrichtung/").context["progress"].mark

    assert client.get(f"{fragment}?bekannt={mark}").status_code == 204
    with context.enter_association():
        Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempt=1)
        JobStep.objects.filter(job=job, position=0).update(state=State.RUNNING)
    changed = client.get(f"{fragment}?bekannt={mark}")

    page = changed.content.decode()
    assert changed.status_code == 200
    assert "<html" not in page
    assert 'id="ansage" hx-swap-oob="innerHTML"' in page
    assert "Schritt 1 von" in page


def test_finished_onboarding_stops_the_polling_and_leads_on(heideblick):
    answer = signed_in("operator").get("/kommunen/heideblick/einrichtung/stand/?bekannt=egal")

    assert answer.status_code == 286
    assert "hx-get" not in answer.content.decode()
    assert "Heideblick ist eingerichtet" in answer.content.decode()


def test_failed_step_says_why_and_is_tried_again(heideblick):
    failed_at(requested(**EICHWALDE), "activation", "Noch nicht bereit: „Impressum“ ist leer.")
    client = signed_in("operator")
    page = client.get("/kommunen/eichwalde/einrichtung/").content.decode()
    assert "„Impressum“ ist leer." in page
    assert "verbund texts list --tenant eichwalde" in page

    answer = client.post("/kommunen/eichwalde/einrichtung/erneut/")

    assert answer["Location"] == "/kommunen/eichwalde/einrichtung/"
    with context.enter_association():
        assert Job.objects.get(subject=Tenant.objects.get(slug="eichwalde").key).state == State.WAITING
        assert AuditEntry.objects.filter(action="tenants.onboarding.retried").count() == 1
    assert client.post("/kommunen/eichwalde/einrichtung/erneut/").status_code == 409
