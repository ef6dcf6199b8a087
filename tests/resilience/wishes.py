# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities that may join, and the two doors they come in by."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tenants.bodies_list import known_bodies
from tests.harness.services import ROOT
from tests.resilience.station import TOWNS
from tests.system.browser import Browser

_PAGE = "/kommunen/neu/"


@dataclass(frozen=True)
class Wish:
    """What an operator types for one municipality."""

    slug: str
    name: str
    kind: str
    ags: str

    @property
    def host(self) -> str:
        return f"{self.slug}.localhost"

    @property
    def admin_email(self) -> str:
        return f"it@{self.slug}.example"

    @property
    def options(self) -> list[str]:
        """For the command line."""
        given = {
            "slug": self.slug,
            "name": self.name,
            "kind": self.kind,
            "body": f"{self.ags}:{self.name}",
            "host": self.host,
            "admin-email": self.admin_email,
            "profile": "beispiel",
        }
        return [part for name, value in given.items() for part in (f"--{name}", value)]

    @property
    def form(self) -> dict[str, Any]:
        """For the console."""
        return {
            "kind": self.kind,
            "name": self.name,
            "slug": self.slug,
            "hosts": self.host,
            "admin_email": self.admin_email,
            "profile": "beispiel",
            "modules": ["defects"],
            "bodies-TOTAL_FORMS": "1",
            "bodies-INITIAL_FORMS": "0",
            "bodies-0-ags": self.ags,
            "bodies-0-name": self.name,
            "aktion": "anlegen",
        }


def wishes() -> list[Wish]:
    """Municipalities with one Körperschaft that are no members yet: those of the demo, then some of the official list."""
    with Path(ROOT / "demo" / "municipalities.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] != "amt" and row["slug"] not in TOWNS]
    return [Wish(row["slug"], row["name"], row["kind"], row["ags"]) for row in rows] + list(_others())


def _others() -> Iterator[Wish]:
    with Path(ROOT / "demo" / "bodies.csv").open(encoding="utf-8") as file:
        taken = {row["ags"] for row in csv.DictReader(file)}
    found = (body for body in known_bodies().values() if body.ags not in taken and body.name.isalpha())
    for number, body in enumerate(itertools.islice(found, 16), start=1):
        yield Wish(f"weitere-{number}", body.name, body.kind, body.ags)


def ask_by_console(operator: Browser, wish: Wish) -> requests.Response:
    """The form of the console, sent by somebody who is signed in there."""
    return operator.post(_PAGE, wish.form)
