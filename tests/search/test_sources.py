# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places, pages and feedback are found as they are now, and nothing of them that is not for the one who looks."""

from __future__ import annotations

import pytest

from tests.factories.accounts import make_person
from tests.factories.defects import make_clerk
from tests.factories.places import given, make_place
from verbund.accounts.api import actor_for
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.places.placing import change_place, retire_place, revive_place
from verbund.public.feedback import close_feedback, submit_feedback
from verbund.public.keeping import FEEDBACK
from verbund.public.kinds import PageKind
from verbund.public.services import confirm_page, save_contact_details, write_page
from verbund.search import finding, index
from verbund.search.guessing import guess
from verbund.search.models import Document, Word

pytestmark = pytest.mark.usefixtures("in_heideblick")


def titles(text, who=None):
    return [hit.title for hit in finding.hits(finding.find(text, who=who).of(""), text, who=who)]


def test_a_public_place_is_found_without_the_note_of_the_office():
    place = make_place(
        name="Bank am Quastenteich", description="Aus Eiche.", internal_note="Wackelkontakt", is_public=True
    )
    clerk = make_clerk()

    assert titles("Eiche") == titles("Quastenteich") == titles(place.reference) == titles("Eiche", clerk)
    assert titles("Wackelkontakt") == [] != titles("Wackelkontakt", clerk)
    assert guess("Wackelkontackt", who=None) == ""
    assert finding.hits(finding.find("Eiche", who=None).of(""), "Eiche", who=None)[0].at is None


def test_a_place_is_found_by_everybody_only_as_long_as_it_is_public_and_stands():
    place = make_place(name="Quastenbank", is_public=True)
    clerk = make_clerk()
    by = {"by": SYSTEM, "at": clock.now()}

    retire_place(place_id=place.pk, **by)
    assert titles("Quastenbank") == [] != titles("Quastenbank", clerk)
    revive_place(place_id=place.pk, **by)
    assert titles("Quastenbank") != []
    change_place(place_id=place.pk, given=given(name="Quastenbank", is_public=False), **by)
    assert titles("Quastenbank") == [] != titles("Quastenbank", clerk)


def test_a_page_is_found_once_it_is_published_and_with_its_facts_of_today():
    by = {"by": SYSTEM, "at": clock.now()}
    save_contact_details(values={"phone": "03544 4711"}, **by)
    page = write_page(
        kind=PageKind.LEICHTE_SPRACHE, body="## Quastenflosser\n\nRufen Sie an: {telefon}", **by
    )
    assert titles("Quastenflosser") == titles("Quastenflosser", administrator()) == []

    confirm_page(kind=PageKind.LEICHTE_SPRACHE, version=page.version, **by)

    assert titles("Quastenflosser") == ["Leichte Sprache"]
    assert "Leichte Sprache" in titles("4711")
    assert titles("Quastenflosser", make_clerk()) == [] != titles("Quastenflosser", administrator())
    save_contact_details(values={"phone": "03544 4712"}, **by)
    assert titles("4711") == []
    assert "Leichte Sprache" in titles("4712")


def test_feedback_is_found_by_its_number_by_who_handles_it_and_never_by_its_words():
    at = clock.now()
    feedback = submit_feedback(
        message="Die Quastenflosser sind zu klein", address="/quasten/", name="Erika Quast", email="", at=at
    )
    clerk, worker = make_clerk(), actor_for(make_person("field_worker"))

    assert titles(feedback.reference, clerk) == ["Rückmeldung zur Barrierefreiheit"]
    assert titles(feedback.reference) == titles(feedback.reference, worker) == []
    assert not Word.objects.filter(word__contains="quast").exists()
    close_feedback(feedback_id=feedback.pk, by=SYSTEM, at=at)
    assert titles(f"{feedback.reference} erledigt", clerk) != []
    reference = feedback.reference
    FEEDBACK.delete(list(FEEDBACK.over(clock.now())), months=36, at=clock.now())
    assert titles(reference, clerk) == []


def test_rebuilding_leads_to_the_same_index_for_every_source():
    make_place(name="Quastenbank", is_public=True)
    submit_feedback(message="x", address="", name="", email="", at=clock.now())
    index.rebuild()
    columns = ("source", "key", "is_public", "title", "text", "url", "vector")
    before = set(Document.objects.values_list(*columns))
    assert {row[0] for row in before} >= {"places.place", "public.page", "public.feedback"}

    index.rebuild()

    assert set(Document.objects.values_list(*columns)) == before


def administrator():
    return actor_for(make_person("administrator"))
