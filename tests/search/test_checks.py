# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Doctor looks at the index: missing, of an earlier program, old, all right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.places import make_place
from verbund.kernel import clock
from verbund.search import index
from verbund.search.checks import look_at_index
from verbund.search.models import Document


def look(municipality) -> tuple[str, str]:
    (found,) = look_at_index(municipality)
    return found.code, found.level


@pytest.fixture
def findable(in_heideblick):
    make_place(name="Quastenbank", is_public=True)
    return in_heideblick


def test_an_index_that_was_made_anew_is_well(findable):
    index.rebuild()

    assert look(findable) == ("search", "ok")


def test_rebuilding_makes_every_document_young(findable):
    Document.objects.update(indexed_at=clock.now() - timedelta(days=9))
    assert look(findable) == ("search_old", "warning")

    index.rebuild()

    assert look(findable) == ("search", "ok")


def test_a_change_of_one_document_hides_no_old_index(findable):
    Document.objects.update(indexed_at=clock.now() - timedelta(days=9))

    make_place(name="Neue Bank", is_public=True)

    assert look(findable) == ("search_old", "warning")


@pytest.mark.parametrize("damage", [lambda rows: rows.delete(), lambda rows: rows.update(edition="alt")])
def test_what_is_missing_or_of_an_earlier_program_is_named_with_the_way_out(findable, damage):
    damage(Document.objects.all())

    (found,) = look_at_index(findable)

    assert (found.code, found.level) == ("search_outdated", "warning")
    assert "verbund search rebuild --slug heideblick" in found.message
