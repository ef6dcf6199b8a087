# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen in the middle of a report: what was typed is theirs, on this host, in this browser."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.urls import reverse

from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.kernel.probes import Ask, Probe, Stage
from verbund.kernel.sorting import sort_key
from verbund.modules.defects.drafting import contents_of
from verbund.modules.defects.models import Draft
from verbund.modules.defects.probes_objects import (
    CATEGORY,
    MUNICIPALITY,
    new_report,
    photo,
    photo_upload,
    spot,
)
from verbund.modules.defects.reporting import submit_report
from verbund.notify.models import Outbox
from verbund.places.models import Address
from verbund.places.streets import house_number_key

_STEPS = ("place", "what", "contact", "check")


def _address(stage: Stage) -> Address:
    """A house here, in a street that is found nowhere else."""
    latitude, longitude = spot()
    street = f"Straße {stage.canary}"
    return Address.objects.create(
        street=street,
        house_number="12",
        postal_code="15926",
        place=f"Ort {stage.canary}",
        lat=latitude,
        lon=longitude,
        street_sort_key=sort_key(street),
        number_sort_key=house_number_key("12"),
    )


def _values(stage: Stage, step: str, *, upload: bool = False) -> dict[str, Any]:
    address = stage.once("defects.address", _address)
    if step == "place":
        return {
            "address": str(address),
            "latitude": f"{address.lat}",
            "longitude": f"{address.lon}",
            "place_note": f"am Tor {stage.canary}",
        }
    if step == "what":
        picture = photo_upload() if upload else photo()
        return {
            "category": CATEGORY,
            "description": f"Dunkel {stage.canary}",
            "photos": [picture],
            "weiter": "1",
        }
    if step == "contact":
        return {"name": f"Erika {stage.canary}", "email": f"erika-{stage.canary}@nachweis.example"}
    return {}


def _path(step: str) -> str:
    return reverse(f"defects:{step}", urlconf=MUNICIPALITY)


def _after(stage: Stage, steps: int) -> str:
    """The cookie of a browser that has sent so many steps."""
    browser = stage.browser()
    for step in _STEPS[:steps]:
        browser.post(_path(step), _values(stage, step))
    cookie = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    return str(cookie.value) if cookie else ""


def _look(step: str, steps: int, *, shows: bool = True) -> Probe:
    return lambda stage: Ask(path=_path(step), session=_after(stage, steps), shows=shows)


def _send(step: str, steps: int) -> Probe:
    return lambda stage: Ask(
        path=_path(step), session=_after(stage, steps), data=_values(stage, step, upload=True), status=302
    )


def _similar(stage: Stage) -> Ask:
    submit_report(new=new_report(stage), by=CITIZEN, at=clock.now())
    return Ask(path=_path("similar"), session=_after(stage, 2))


def _draft_photo(stage: Stage) -> Ask:
    session = _after(stage, 2)
    draft = Draft.objects.latest("changed_at")
    path = reverse(
        "defects:draft-photo",
        urlconf=MUNICIPALITY,
        kwargs={"file_id": contents_of(draft.pk).photo_ids[0]},
    )
    return Ask(path=path, session=session)


def _receipt(stage: Stage) -> Ask:
    browser = stage.browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = _after(stage, 2)
    return Ask(path=browser.post(_path("check"))["Location"])


def _confirm(stage: Stage) -> Ask:
    email = f"erika-{len(stage.canary)}-{stage.canary}@nachweis.example"
    submit_report(new=new_report(stage, email=email, name="Erika"), by=CITIZEN, at=clock.now())
    mail = Outbox.objects.filter(kind__startswith="defects").latest("pk")
    found = re.findall(r"(/maengel/bestaetigen/[\w-]+/)", mail.text or "")
    return Ask(path=found[0])


def _see_confirmation(stage: Stage) -> Ask:
    return Ask(path=_confirm(stage).path, shows=True)


REPORTING: dict[str, Probe] = {
    "GET defects:place": _look("place", 1),
    "POST defects:place": _send("place", 0),
    "GET defects:what": _look("what", 2),
    "POST defects:what": _send("what", 1),
    "GET defects:similar": _similar,
    "GET defects:contact": _look("contact", 3),
    "POST defects:contact": _send("contact", 2),
    "GET defects:check": _look("check", 3),
    "POST defects:check": _send("check", 3),
    "POST defects:cancel": _look("cancel", 2, shows=False),
    "GET defects:draft-photo": _draft_photo,
    "GET defects:receipt": _receipt,
    "GET defects:confirm": _see_confirmation,
    "POST defects:confirm": _confirm,
}
