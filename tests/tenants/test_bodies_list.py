# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Brandenburg's municipalities is complete, consistent and agrees with the demo's data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tenants.bodies_list import known_association_of_bodies, known_associations, known_bodies, known_body

DEMO = Path(__file__).parents[2] / "demo"


def test_register_adds_up_to_the_published_totals_of_the_land():
    bodies = known_bodies().values()

    assert len(bodies) == 413
    assert sum(body.kind == "stadt" for body in bodies) == 113
    assert sum(body.inhabitants for body in bodies) == 2_573_135
    assert sum(body.area_ha for body in bodies) == 2_965_438


@pytest.mark.parametrize("ags", list(known_bodies()))
def test_keys_of_a_body_agree_with_each_other(ags):
    body = known_bodies()[ags]

    assert len(body.ags) == 8
    assert body.ags.startswith("12")
    assert len(body.ars) == 12
    assert body.ars[:5] + body.ars[9:] == body.ags
    assert len(body.postal_code) == 5
    if body.association_ars:
        assert body.ars.startswith(body.association_ars)
        assert body.association_ars in known_associations()
    else:
        assert body.ars[5:9] == "0" + body.ags[5:]


def test_known_body_finds_a_town_and_its_umlauts():
    body = known_body("12061316")

    assert body is not None
    assert (body.name, body.sorbian_name, body.kind) == ("Lübben (Spreewald)", "Lubin (Błota)", "stadt")
    assert (body.district, body.postal_code, body.inhabitants) == ("Dahme-Spreewald", "15907", 13966)


@pytest.mark.parametrize("ags", ["", "12061999", "1206131", "11000000", "120610316316", "120725204"])
def test_known_body_knows_nothing_else(ags):
    assert known_body(ags) is None


def test_known_association_lists_its_bodies():
    association = known_association_of_bodies("120725204")

    assert association is not None
    assert (association.name, association.kind) == ("Dahme/Mark", "amt")
    assert [body.name for body in association.bodies] == [
        "Dahme/Mark",
        "Dahmetal",
        "Ihlow",
        "Niederer Fläming",
    ]
    assert known_association_of_bodies("120725205") is None


def test_every_association_has_members():
    kinds = [association.kind for association in known_associations().values()]

    assert all(association.bodies for association in known_associations().values())
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "amt": 50,
        "verbandsgemeinde": 1,
        "mitverwaltung": 1,
    }


def test_register_agrees_with_the_demo():
    with (DEMO / "bodies.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    listed = [
        (row["ags"], row["ars"], row["name"], int(row["inhabitants"]), int(row["area_ha"])) for row in rows
    ]
    known = [known_bodies()[row["ags"]] for row in rows]
    assert listed == [(body.ags, body.ars, body.name, body.inhabitants, body.area_ha) for body in known]
    assert len(rows) == 40
