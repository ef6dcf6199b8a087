# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the Mängelmelder."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.test import Client

from tests.conformance.samples import Stage
from tests.factories.defects import make_address, make_report, middle, new_report, photo_upload
from verbund.accounts.services.tokens import issue_token
from verbund.files.redaction import Box
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.modules.defects import contact, drafting, handling, photos, releasing, reporting, settings
from verbund.modules.defects.handling import Wanted
from verbund.modules.defects.models import Category, Draft, Report, ReportPhoto
from verbund.modules.defects.states import State
from verbund.notify.models import Outbox

_ASK = "/maengel/melden/"


def _button(name: str, values: dict[str, str]) -> Any:
    """A form on a report's page of the office."""

    def press(stage: Stage) -> Any:
        return stage.client().post(f"/verwaltung/maengel/{make_report().reference}/{name}/", values)

    return press


def assign(stage: Stage) -> Any:
    values = {"zustaendig-person": str(stage.chief.pk)}
    return stage.client().post(f"/verwaltung/maengel/{make_report().reference}/zustaendig/", values)


def show_contact(stage: Stage) -> Any:
    report = confirmed(stage)
    return stage.client().post(f"/verwaltung/maengel/{report.reference}/kontakt/")


def confirmed(stage: Stage) -> Report:
    """A report whose reporter left an address and followed the link."""
    confirm(stage)
    return Report.objects.latest("pk")


def confirm(stage: Stage) -> Any:
    make_report(email="erika@muster.example", name="Erika Muster")
    link = re.search(r"(/maengel/bestaetigen/[\w-]+/)", Outbox.objects.latest("pk").text)
    assert link is not None
    return stage.visitor().post(link[1])


def at_step(stage: Stage, steps: int) -> tuple[Client, Any]:
    """A citizen after so many steps of reporting, with the last answer."""
    make_address()
    client = stage.visitor()
    answer: Any = None
    for path, values in (
        (_ASK, {"address": "Hauptstr. 12", "place_note": "am Tor"}),
        (
            f"{_ASK}was/",
            {"category": "street-light", "description": "Dunkel", "photos": [photo_upload()], "weiter": "1"},
        ),
        (f"{_ASK}kontakt/", {"email": "erika@muster.example"}),
        (f"{_ASK}pruefen/", {}),
    )[:steps]:
        answer = client.post(path, values)
    return client, answer


def cancel(stage: Stage) -> Any:
    client, _answer = at_step(stage, 2)
    return client.post(f"{_ASK}abbrechen/")


def settings_page(stage: Stage) -> Any:
    values = {"mailbox": "amt@heideblick.example", "answer_working_days": "3"}
    return stage.client().post("/verwaltung/maengel/einstellungen/", values)


def category_page(stage: Stage) -> Any:
    code = Category.objects.values_list("code", flat=True)[0]
    return stage.client().post(
        f"/verwaltung/maengel/einstellungen/{code}/", {"mailbox": "", "is_active": "on"}
    )


def step_by_api(stage: Stage) -> Any:
    values = {"state": "IN_REVIEW", "answer": "Wir sehen nach.", "reason": "geprüft"}
    path = f"/api/v1/defects/reports/{make_report().reference}/state/"
    return stage.client().post(path, values, content_type="application/json")


def request_by_app(stage: Stage) -> Any:
    _token, key = issue_token(name="App", scopes=["defects:report:submit"], by=stage.by, at=clock.now())
    latitude, longitude = middle()
    values = {"api_key": key, "service_code": "street-light", "lat": latitude, "long": longitude}
    return stage.visitor().post("/open311/v2/requests.json", values)


def _photo(stage: Stage) -> ReportPhoto:
    _draft, photo = with_photo(stage)
    return make_report(photos=(photo,)).photos.get()


def redact_page(stage: Stage) -> Any:
    photo = _photo(stage)
    path = f"/verwaltung/maengel/{photo.report.reference}/fotos/{photo.pk}/"
    return stage.client().post(path, {"boxes": "10 10 20 20"})


def redact(stage: Stage) -> Any:
    photo = _photo(stage)
    return partial(
        photos.redact_photo,
        reference=photo.report.reference,
        photo_id=photo.pk,
        boxes=[Box(10, 10, 20, 20)],
        by=stage.by,
        at=clock.now(),
    )


ROUTES = {
    "municipality defects:open311-requests": request_by_app,
    "municipality defects-api:report-state": step_by_api,
    "municipality defects-staff:answer": _button("auskunft", {"auskunft-answer": "Der Bauhof kommt."}),
    "municipality defects-staff:assign": assign,
    "municipality defects-staff:category": category_page,
    "municipality defects-staff:contact": show_contact,
    "municipality defects-staff:redact": redact_page,
    "municipality defects-staff:note": _button("notiz", {"notiz-text": "Mast 7"}),
    "municipality defects-staff:release": _button(
        "freigabe", {"freigabe-public_description": "Laterne dunkel"}
    ),
    "municipality defects-staff:settings": settings_page,
    "municipality defects-staff:step": _button(
        "schritt",
        {"schritt": "IN_REVIEW", "in_review-answer": "Wir sehen nach.", "in_review-reason": "geprüft"},
    ),
    "municipality defects:cancel": cancel,
    "municipality defects:check": lambda stage: at_step(stage, 4)[1],
    "municipality defects:confirm": confirm,
    "municipality defects:contact": lambda stage: at_step(stage, 3)[1],
    "municipality defects:place": lambda stage: at_step(stage, 1)[1],
    "municipality defects:what": lambda stage: at_step(stage, 2)[1],
}


def _on_report(service: Any, **values: Any) -> Any:
    return lambda stage: partial(
        service, reference=make_report().reference, by=stage.by, at=clock.now(), **values
    )


def with_photo(stage: Stage) -> tuple[UUID, UUID]:
    draft_id = drafting.keep_draft(draft_id=None, by=CITIZEN, at=clock.now())
    drafting.add_photos(draft_id=draft_id, uploads=[photo_upload()], by=CITIZEN, at=clock.now())
    return draft_id, drafting.contents_of(draft_id).photo_ids[0]


def add_photos(stage: Stage) -> Any:
    draft_id, _photo = with_photo(stage)
    return partial(
        drafting.add_photos, draft_id=draft_id, uploads=[photo_upload()], by=CITIZEN, at=clock.now()
    )


def remove_photos(stage: Stage) -> Any:
    draft_id, photo_id = with_photo(stage)
    return partial(
        drafting.remove_photos, draft_id=draft_id, photo_ids=[photo_id], by=CITIZEN, at=clock.now()
    )


def submit_draft(stage: Stage) -> Any:
    at_step(stage, 3)
    return partial(
        drafting.submit_draft, draft_id=Draft.objects.latest("changed_at").pk, by=CITIZEN, at=clock.now()
    )


_MODULE = "verbund.modules.defects"
SERVICES = {
    f"{_MODULE}.photos.redact_photo": redact,
    f"{_MODULE}.contact.read_contact": lambda stage: partial(
        contact.read_contact, reference=confirmed(stage).reference, by=stage.by, at=clock.now()
    ),
    f"{_MODULE}.drafting.add_photos": add_photos,
    f"{_MODULE}.drafting.discard_draft": lambda stage: partial(
        drafting.discard_draft, draft_id=with_photo(stage)[0], by=CITIZEN, at=clock.now()
    ),
    f"{_MODULE}.drafting.keep_draft": lambda _stage: partial(
        drafting.keep_draft, draft_id=None, by=CITIZEN, at=clock.now()
    ),
    f"{_MODULE}.drafting.remove_photos": remove_photos,
    f"{_MODULE}.drafting.submit_draft": submit_draft,
    f"{_MODULE}.handling.add_note": _on_report(handling.add_note, text="Mast 7"),
    f"{_MODULE}.handling.answer_report": _on_report(handling.answer_report, text="Der Bauhof kommt."),
    f"{_MODULE}.handling.assign_report": lambda stage: partial(
        handling.assign_report,
        reference=make_report().reference,
        person_id=stage.chief.pk,
        by=stage.by,
        at=clock.now(),
    ),
    f"{_MODULE}.handling.change_state": _on_report(
        handling.change_state,
        wanted=Wanted(state=State.IN_REVIEW, answer="Wir sehen nach.", reason="geprüft"),
    ),
    f"{_MODULE}.releasing.release_contents": _on_report(
        releasing.release_contents, public_description="Laterne dunkel", photo_ids=[]
    ),
    f"{_MODULE}.reporting.submit_report": lambda _stage: partial(
        reporting.submit_report, new=new_report(), by=CITIZEN, at=clock.now()
    ),
    f"{_MODULE}.settings.change_category": lambda stage: partial(
        settings.change_category,
        code=Category.objects.values_list("code", flat=True)[0],
        mailbox="",
        is_active=False,
        by=stage.by,
        at=clock.now(),
    ),
    f"{_MODULE}.settings.change_settings": lambda stage: partial(
        settings.change_settings, mailbox="", answer_working_days=3, by=stage.by, at=clock.now()
    ),
}
_WITHIN = "Teil eines Dienstes, der selbst eine Zeile schreibt"
WITHOUT_ROW = {
    "association defects-association:open311-requests": "schreibt im Protokoll der Kommune; eigener Test in tests/modules/defects",
    **{
        f"{_MODULE}.mails.{name}": _WITHIN
        for name in (
            "send_confirmation_link",
            "send_news",
            "send_receipt",
            "send_reply_to_office",
            "send_to_office",
        )
    },
}
