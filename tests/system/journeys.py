# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What citizens and clerks do, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.system.browser import Browser, path_of
from tests.system.demo import Demo, wait_until

_REFERENCE = re.compile(r"\bM-\d{4}-\d{4,}\b")
_CONFIRMATION = re.compile(r"http\S+/maengel/bestaetigen/\S+")


def write_report(citizen: Browser, place: tuple[float, float], description: str, **contact: str) -> str:
    """All four steps; the reference of the receipt, which is what the citizen takes home."""
    steps: list[tuple[str, dict[str, Any]]] = [
        ("", {"latitude": f"{place[0]:.5f}", "longitude": f"{place[1]:.5f}", "weiter": "1"}),
        ("was/", {"category": "street-light", "description": description, "weiter": "1"}),
        ("kontakt/", {**contact, "weiter": "1"}),
        ("pruefen/", {"weiter": "1"}),
    ]
    location = ""
    for step, values in steps:
        answer = citizen.post(f"/maengel/melden/{step}", values)
        assert answer.status_code == 302, (step, answer.status_code, answer.text[-3000:])
        location = answer.headers["Location"]
    receipt = citizen.get(location)
    assert receipt.status_code == 200, receipt.text
    found = _REFERENCE.search(receipt.text)
    assert found is not None, receipt.text
    return found[0]


def place_of(demo: Demo, slug: str) -> tuple[float, float]:
    town = demo.municipality(slug)
    return town["lat"], town["lon"]


def confirm_by_mail(demo: Demo, citizen: Browser, *, email: str) -> None:
    """Wait for the link in the mail sink and press its button."""

    def link() -> str:
        for mail in demo.mails(email):
            found = _CONFIRMATION.search(mail["text"])
            if found:
                return path_of(found[0])
        return ""

    answer = citizen.post(wait_until(link, seconds=75))
    assert answer.status_code == 302, answer.text


def show_contact(clerk: Browser, reference: str) -> str:
    """The staff page with the reporter's contact opened."""
    page = f"/verwaltung/maengel/{reference}/"
    answer = clerk.post(f"{page}kontakt/", form=page)
    assert answer.status_code == 200, answer.text
    return answer.text


def answer_report(clerk: Browser, reference: str, text: str) -> None:
    page = f"/verwaltung/maengel/{reference}/"
    answer = clerk.post(f"{page}auskunft/", {"auskunft-answer": text}, form=page)
    assert answer.status_code == 302, answer.text


Visitor = Callable[..., Browser]
