# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's categories, reports, answers and pictures fit together."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from verbund.modules.defects.sample_categories import SAMPLE_CATEGORIES
from verbund.modules.defects.sample_photos import PHOTO_KINDS, VARIANTS, sample_photo
from verbund.modules.defects.sample_texts import SAMPLE_ANSWERS, SAMPLE_REPORTS

CODES = [category.code for category in SAMPLE_CATEGORIES]
ANSWERED_STATES = [
    "IN_REVIEW",
    "QUESTION",
    "IN_PROGRESS",
    "SCHEDULED",
    "FORWARDED",
    "DONE",
    "NOT_REPAIRED",
    "DUPLICATE",
]


def test_categories_are_few_and_have_one_code_each():
    assert len(CODES) == len(set(CODES)) == 10
    assert CODES[-1] == "other"
    assert all(
        category.keywords and category.group and category.working_days > 0 for category in SAMPLE_CATEGORIES
    )


def test_every_category_has_reports_and_answers():
    assert {report.category for report in SAMPLE_REPORTS} == set(CODES)
    assert set(SAMPLE_ANSWERS) == set(CODES)
    assert len(SAMPLE_REPORTS) >= 60
    assert len({report.title for report in SAMPLE_REPORTS}) == len(SAMPLE_REPORTS)


@pytest.mark.parametrize("code", CODES)
def test_answers_cover_the_states_and_name_who_got_a_forwarded_report(code):
    assert list(SAMPLE_ANSWERS[code]) == ANSWERED_STATES
    assert all(SAMPLE_ANSWERS[code].values())
    assert all(answer.body for answer in SAMPLE_ANSWERS[code]["FORWARDED"])


def test_photos_named_by_reports_exist():
    assert {report.photo for report in SAMPLE_REPORTS} - {""} == set(PHOTO_KINDS)


@pytest.mark.parametrize("kind", PHOTO_KINDS)
def test_photo_is_a_small_jpeg_that_never_changes(kind):
    content = sample_photo(kind, 1)

    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size, image.mode) == ("JPEG", (1200, 900), "RGB")
    assert len(content) < 120_000
    assert not image.getexif()
    assert sample_photo(kind, 1 + VARIANTS) == content
    assert sample_photo(kind, 0) != content
