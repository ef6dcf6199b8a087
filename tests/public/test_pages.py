# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What citizens read: start page, texts, and what is missing."""

from __future__ import annotations

import pytest

from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import NotFound
from verbund.public import pages, services
from verbund.public.kinds import MANDATORY, PageKind
from verbund.public.models import LegalPage


def test_start_page_greets_and_leads_to_the_services(heideblick, client_of):
    page = client_of(heideblick).get("/").content.decode()

    assert "Willkommen in Heideblick" in page
    assert "Mängelmelder" in page
    assert 'href="/impressum/"' in page


def test_start_page_without_services_leads_to_the_contact(heideblick, client_of, monkeypatch):
    monkeypatch.setattr("verbund.public.views.citizens.service_tiles", list)

    page = client_of(heideblick).get("/").content.decode()

    assert "Noch keine Online-Dienste" in page


@pytest.mark.parametrize("kind", MANDATORY)
def test_every_mandatory_page_is_there_and_marked_as_example(heideblick, client_of, kind):
    response = client_of(heideblick).get(f"/{kind.value}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert str(kind.label) in page
    assert "Beispieltext" in page
    assert "[fehlt" not in page


@pytest.mark.parametrize("kind", [PageKind.LEICHTE_SPRACHE, PageKind.GEBAERDENSPRACHE])
def test_optional_page_is_found_only_when_it_was_confirmed(heideblick, client_of, kind):
    client = client_of(heideblick)
    assert client.get(f"/{kind.value}/").status_code == 404

    with context.enter(heideblick):
        page = services.write_page(kind=kind, body="Ein Text.", by=SYSTEM, at=clock.now())
        services.confirm_page(kind=kind, version=page.version, by=SYSTEM, at=clock.now())

    assert "Ein Text." in client.get(f"/{kind.value}/").content.decode()
    assert f'href="/{kind.value}/"' in client.get("/").content.decode()
    assert client_of(heideblick).get("/").status_code == 200


def test_draft_does_not_replace_what_citizens_read(in_heideblick):
    before = pages.published(PageKind.IMPRESSUM)

    services.write_page(kind=PageKind.IMPRESSUM, body="Neu", by=SYSTEM, at=clock.now())

    assert pages.published(PageKind.IMPRESSUM) == before


def test_page_taken_back_is_not_found(in_heideblick):
    kind = PageKind.LEICHTE_SPRACHE
    for body in ("Da", ""):
        page = services.write_page(kind=kind, body=body, by=SYSTEM, at=clock.now())
        services.confirm_page(kind=kind, version=page.version, by=SYSTEM, at=clock.now())

    with pytest.raises(NotFound):
        pages.published(kind)


def test_neighbour_keeps_its_own_text(heideblick, luckau, client_of):
    with context.enter(heideblick):
        page = services.write_page(kind=PageKind.IMPRESSUM, body="Nur Heideblick", by=SYSTEM, at=clock.now())
        services.confirm_page(kind=PageKind.IMPRESSUM, version=page.version, by=SYSTEM, at=clock.now())

    assert "Nur Heideblick" in client_of(heideblick).get("/impressum/").content.decode()
    assert "Nur Heideblick" not in client_of(luckau).get("/impressum/").content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_text_costs_the_same_with_one_and_with_three_versions(
    heideblick, client_of, django_assert_num_queries, more
):
    with context.enter(heideblick):
        for number in range(more):
            services.write_page(kind=PageKind.IMPRESSUM, body=f"Fassung {number}", by=SYSTEM, at=clock.now())
        assert LegalPage.objects.filter(kind=PageKind.IMPRESSUM).count() == 1 + more
    client = client_of(heideblick)
    client.get("/impressum/")

    with django_assert_num_queries(3):
        client.get("/impressum/")


def test_robots_may_not_read_where_staff_work(heideblick, client_of):
    assert "Disallow: /verwaltung/" in client_of(heideblick).get("/robots.txt").content.decode()


def test_page_of_a_municipality_is_not_on_the_associations_host(db, client_of):
    assert client_of(None).get("/impressum/").status_code == 404
    assert signed_in("operator").get("/impressum/").status_code == 404
