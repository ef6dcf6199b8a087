# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searching finds what one may see, and nothing else: not as a result, not as a number, not as a guess."""

from __future__ import annotations

import pytest

from tests.factories.defects import make_clerk, make_report, move
from tests.factories.sessions import signed_in
from verbund.kernel import clock, context
from verbund.kernel.actors import CITIZEN
from verbund.modules.defects import releasing
from verbund.modules.defects.states import State
from verbund.search import finding, index
from verbund.search.guessing import guess
from verbund.search.models import Document
from verbund.search.spelling import composed


def found(text, who=None):
    return {
        hit.url.rstrip("/").rpartition("/")[2]
        for hit in finding.hits(finding.find(text, who=who).of(""), text, who=who)
    }


def counted(text, who=None):
    return sum(kind.count for kind in finding.find(text, who=who).kinds)


def release(report, text):
    releasing.release_contents(
        reference=report.reference, public_description=text, photo_ids=(), by=make_clerk(), at=clock.now()
    )


@pytest.mark.usefixtures("in_heideblick")
def test_number_place_and_released_words_are_found_in_any_form():
    report = make_report(address="Lindenweg 3, 15926 Heideblick")
    release(report, "Der Baum ragt über den Gehweg.")

    assert found(report.reference) == found("lindenweg") == found("Bäume") == {report.reference}


@pytest.mark.usefixtures("in_heideblick")
def test_the_reporters_own_words_are_found_by_nobody():
    make_report(description="Frau Quastenflosser parkt hier.")

    assert found("Quastenflosser") == found("Quastenflosser", make_clerk()) == set()


@pytest.mark.usefixtures("in_heideblick")
def test_what_is_not_public_is_no_result_no_number_and_no_guess_for_everybody():
    report = make_report(address="Quastenweg 3, 15926 Heideblick", email="erika@muster.example")
    clerk = make_clerk()

    assert counted("Quastenweg", clerk) == 1
    assert guess("Quastnweg", who=clerk) == "quastenweg"
    assert (found("Quastenweg"), counted("Quastenweg"), guess("Quastnweg", who=None)) == (
        set(),
        0,
        "",
    )
    assert report.state == State.UNCONFIRMED


@pytest.mark.usefixtures("in_heideblick")
def test_what_is_withdrawn_is_gone_at_once_with_its_duplicates_and_guesses():
    original = make_report(address="Quastenweg 3, 15926 Heideblick")
    duplicate = make_report(address="Quastenweg 4, 15926 Heideblick")
    move(duplicate, State.DUPLICATE, original=original.reference)
    assert counted("Quastenweg") == 2

    move(original, State.HIDDEN)

    assert (found("Quastenweg"), counted("Quastenweg"), guess("Quastnweg", who=None)) == (
        set(),
        0,
        "",
    )


@pytest.mark.usefixtures("in_heideblick")
def test_released_words_are_taken_back():
    report = make_report()
    release(report, "Quastenflosser")
    assert found("Quastenflosser") == {report.reference}

    release(report, "")

    assert found("Quastenflosser") == set()


@pytest.mark.usefixtures("in_heideblick")
def test_who_may_not_read_reports_finds_none():
    make_report(address="Quastenweg 3, 15926 Heideblick")

    assert found("Quastenweg", CITIZEN) == set()
    assert counted("Quastenweg", CITIZEN) == 0
    assert guess("Quastnweg", who=CITIZEN) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Latrene", "laterne"),
        ("Katerne", "laterne"),
        ("alterne", "laterne"),
        ("Lterne", "laterne"),
        ("Buam", "baum"),
        ("Geweg", "gehweg"),
        ("Spielplats", "spielplatz"),
        ("Buesche", "büsche"),
        ("Prellbock", "straßenprellbock"),
        ("Strasenprellbok", "straßenprellbock"),
        ("Quasteflosser", ""),
        ("Bahn", ""),
    ],
)
def test_a_typo_still_finds_the_lantern(in_heideblick, typed, meant):
    text = "Laterne, Baum, Gehweg, Büsche am Spielplatz, Straßenprellbock."
    make_report(description=text)
    assert guess("Latrene", who=None) == ""
    release(make_report(), text)

    assert guess(typed, who=None) == meant


@pytest.mark.usefixtures("in_heideblick")
def test_letters_with_dots_are_found_however_they_are_written():
    report = make_report()
    release(report, "Große Bäume in der Mühlenstraße, schoene Groesse")

    for text in (
        "baeume",
        "BÄUME",
        "Ba\u0308ume",
        "Muehlenstrasse",
        "Mühlenstraße",
        "schöne Größe",
        "grosse",
    ):
        assert found(composed(text)) == {report.reference}, text


@pytest.mark.usefixtures("in_heideblick")
def test_rebuilding_leads_to_the_same_index():
    release(make_report(), "Die Laterne ist dunkel.")
    make_report(email="erika@muster.example")
    columns = ("key", "is_public", "title", "text", "url", "vector")
    before = set(Document.objects.values_list(*columns))

    assert index.rebuild() == len(before)
    assert sum(key.startswith("M-") for key, *_rest in before) == 3
    assert set(Document.objects.values_list(*columns)) == before


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_results_as_for_one(in_heideblick, number, django_assert_num_queries):
    for house in range(number):
        make_report(address=f"Lindenweg {house}, 15926 Heideblick")

    with django_assert_num_queries(3):
        assert counted("Lindenweg") == len(found("Lindenweg")) == number


def test_the_page_says_what_may_have_been_meant_and_marks_what_was_found(heideblick, client_of):
    with context.enter(heideblick):
        release(make_report(), "Die Laterne <b>ist</b> dunkel.")
    client = client_of(heideblick)

    guessed = client.get("/suche/", {"q": "Latrene"}).content.decode()
    shown = client.get("/suche/", {"q": "laterne"}).content.decode()

    assert "?q=laterne" in guessed
    assert "<mark>Laterne</mark>" in shown
    assert "<b>ist</b>" not in shown


def test_every_page_has_the_box_of_those_it_is_for(heideblick, client_of):
    at_work = signed_in("clerk", heideblick)

    assert 'action="/suche/"' in client_of(heideblick).get("/").content.decode()
    assert 'action="/verwaltung/suche/"' in at_work.get("/verwaltung/").content.decode()
    assert 'action="/suche/"' in at_work.get("/").content.decode()
    assert client_of(heideblick).get("/suche/").content.decode().count('role="search"') == 1
