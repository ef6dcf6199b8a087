# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bad input is refused before anything is made, with the field and the way out."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.commands.onboard import read_csv
from tenants.models import Tenant
from tenants.onboarding import request_onboarding
from tenants.onboarding_input import RESERVED, SLUG, BodyInput, OnboardingInput, OnboardingRefused, check
from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM

GOOD = OnboardingInput(
    slug="bernau",
    name="Bernau bei Berlin",
    kind="stadt",
    bodies=(BodyInput(ags="12060020", name="Bernau bei Berlin"),),
    hosts=("bernau.localhost",),
    admin_email="it@bernau.example",
)


def fields_of(item: OnboardingInput) -> list[str]:
    return [problem.field for problem in check([item])]


def test_good_input_passes(in_association):
    assert check([GOOD]) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("slug", {"slug": "Bernau"}),
        ("slug", {"slug": "1bernau"}),
        ("slug", {"slug": "bernau-"}),
        ("slug", {"slug": "ber--nau"}),
        ("slug", {"slug": "b" * 41}),
        ("slug", {"slug": ""}),
        ("slug", {"slug": "heideblick"}),
        *(("slug", {"slug": slug}) for slug in sorted(RESERVED)),
        ("name", {"name": " "}),
        ("kind", {"kind": "kreis"}),
        ("ars", {"kind": "amt", "ars": ""}),
        ("ars", {"kind": "amt", "ars": "120600020020"}),
        ("ars", {"kind": "amt", "ars": "129999999"}),
        ("body", {"kind": "amt", "ars": "120725204"}),
        ("ars", {"ars": "12060002"}),
        ("ars", {"ars": "120610219219"}),
        ("body", {"bodies": ()}),
        ("body", {"bodies": (BodyInput(ags="1206002", name="Bernau"),)}),
        ("body", {"bodies": (BodyInput(ags="11000000", name="Berlin"),)}),
        ("body", {"bodies": (BodyInput(ags="12060999", name="Nirgendwo"),)}),
        ("body", {"bodies": (BodyInput(ags="12060020", name=""),)}),
        ("body", {"bodies": (BodyInput(ags="12061219", name="Heideblick"),)}),
        ("host", {"hosts": ()}),
        ("host", {"hosts": ("heideblick.localhost",)}),
        ("host", {"hosts": ("verbund.localhost",)}),
        ("host", {"hosts": ("localhost",)}),
        ("host", {"hosts": ("127.0.0.1",)}),
        ("host", {"hosts": ("bernau.localhost:80",)}),
        ("host", {"hosts": ("a_b.localhost",)}),
        ("host", {"hosts": ("bernau.localhost", "bernau.localhost")}),
        ("admin_email", {"admin_email": "it@"}),
        ("profile", {"profile": "golden"}),
        ("modules", {"modules": ("teleport",)}),
    ],
)
def test_bad_input_names_the_field(field, changes, in_association):
    assert fields_of(dataclasses.replace(GOOD, **changes)) == [field]


def test_all_reasons_of_all_rows_come_together(in_association):
    twice = [dataclasses.replace(GOOD, row=2), dataclasses.replace(GOOD, row=3, admin_email="x")]

    problems = check(twice)

    assert {(problem.row, problem.field) for problem in problems} == {
        (3, "slug"),
        (3, "body"),
        (3, "host"),
        (3, "admin_email"),
    }


def test_refusal_makes_nothing(in_association):
    before = Tenant.objects.count()

    with pytest.raises(OnboardingRefused):
        request_onboarding(
            [GOOD, dataclasses.replace(GOOD, slug="neu", kind="kreis")], by=SYSTEM, at=clock.now()
        )

    assert Tenant.objects.count() == before


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("slug;name\nx;y\n", 1),
        ("slug;name;kind;bodies;hosts;admin_email\n", 1),
        ("slug;name;kind;bodies;hosts;admin_email\nx;y\n", 2),
        ("slug;name;kind;bodies;hosts;admin_email\na;b;c;d;e;f\na;b;c;d;e;f;g\n", 3),
    ],
)
def test_broken_file_names_the_row(text, row, tmp_path):
    file = tmp_path / "members.csv"
    file.write_text(text)

    with pytest.raises(OnboardingRefused) as refused:
        read_csv(file)

    assert [problem.row for problem in refused.value.problems] == [row]


def test_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(OnboardingRefused) as refused:
        read_csv(tmp_path / "none.csv")
    assert [problem.field for problem in refused.value.problems] == ["csv"]


@given(st.from_regex(r"[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True))
def test_slugs_make_valid_host_labels(slug):
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 40
    assert not slug.endswith("-")
