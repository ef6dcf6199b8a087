# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The 37 municipalities of the demo, or those of them that ONLY names."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from tenants.onboarding_input import BodyInput, OnboardingInput

FOLDER = Path(__file__).resolve().parents[4] / "demo"


class UnknownMember(Exception):
    """ONLY names somebody the demo does not know; the text is one sentence for people."""


@cache
def all_members() -> tuple[OnboardingInput, ...]:
    """What an operator would type for each of them."""
    bodies: dict[str, list[BodyInput]] = {}
    for row in _rows("bodies.csv"):
        bodies.setdefault(row["tenant"], []).append(BodyInput(ags=row["ags"], name=row["name"]))
    return tuple(
        OnboardingInput(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            ars=row["ars"],
            bodies=tuple(bodies[row["slug"]]),
            hosts=(f"{row['slug']}.localhost",),
            admin_email=f"it@{row['slug']}.example",
            profile="beispiel",
        )
        for row in _rows("municipalities.csv")
    )


def chosen_members(only: str) -> tuple[OnboardingInput, ...]:
    """Those of a list like `heideblick,luckau`; all of them when it is empty.

    Raises:
        UnknownMember: a name is none of the demo's.
    """
    wanted = {slug.strip() for slug in only.split(",") if slug.strip()}
    unknown = sorted(wanted - {item.slug for item in all_members()})
    if unknown:
        raise UnknownMember(
            f"ONLY nennt {', '.join(unknown)}; die Kürzel der Demo stehen in demo/municipalities.csv."
        )
    return tuple(item for item in all_members() if not wanted or item.slug in wanted)


@cache
def positions() -> dict[str, tuple[float, float]]:
    """A point in the middle of each, EPSG:4326, as latitude and longitude."""
    return {row["slug"]: (float(row["lat"]), float(row["lon"])) for row in _rows("municipalities.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
