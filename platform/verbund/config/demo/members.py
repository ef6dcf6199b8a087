# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The municipalities of the demo."""

from __future__ import annotations

from functools import cache

from tenants.onboarding_input import BodyInput, OnboardingInput
from verbund.config.demo.choice import chosen_slugs, rows


@cache
def chosen_members() -> tuple[OnboardingInput, ...]:
    """What an operator would type for each of those that are wanted."""
    wanted = chosen_slugs()
    bodies: dict[str, list[BodyInput]] = {}
    for row in rows("bodies.csv"):
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
        for row in rows("municipalities.csv")
        if row["slug"] in wanted
    )


@cache
def positions() -> dict[str, tuple[float, float]]:
    """A point in the middle of each of the 37, EPSG:4326, as latitude and longitude."""
    return {row["slug"]: (float(row["lat"]), float(row["lon"])) for row in rows("municipalities.csv")}
