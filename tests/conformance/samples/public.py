# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every changing page and service of the public pages."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from verbund.kernel import clock
from verbund.public import services
from verbund.public.answering import answer_feedback
from verbund.public.feedback import close_feedback, submit_feedback
from verbund.public.kinds import PageKind
from verbund.public.models import BarrierFeedback

_CONTACT = {
    "street_address": "Am Markt 5",
    "postal_code": "15926",
    "town": "Langengrassau",
    "email": "a@b.example",
}
_AT = "/verwaltung/seiten"


def feedback() -> BarrierFeedback:
    return submit_feedback(message="Das Menü ging nicht auf.", address="", name="", email="", at=clock.now())


def with_address() -> BarrierFeedback:
    return submit_feedback(
        message="Ging nicht auf.", address="", name="", email="erika@muster.example", at=clock.now()
    )


def draft(stage: Stage) -> int:
    """A version nobody has confirmed."""
    page = services.write_page(kind=PageKind.LEICHTE_SPRACHE, body="## Neu", by=stage.by, at=clock.now())
    return page.version


def confirm(stage: Stage) -> Any:
    return stage.client().post(f"{_AT}/leichte-sprache/bestaetigen/", {"fassung": str(draft(stage))})


ROUTES = {
    "association public-association:barrier-feedback": lambda stage: stage.visitor().post(
        "/barrierefreiheit/melden/",
        {"message": "Ging nicht auf.", "address": "", "name": "", "email": "", "website": ""},
    ),
    "association public-association:confirm": lambda stage: stage.client().post(
        "/seiten/leichte-sprache/bestaetigen/", {"fassung": str(draft(stage))}
    ),
    "association public-association:contact": lambda stage: stage.client().post(
        "/seiten/kontaktangaben/", {**_CONTACT, "organisation": "Kommunaler IT-Verband"}
    ),
    "association public-association:feedback-close": lambda stage: stage.client().post(
        f"/rueckmeldungen/{feedback().pk}/erledigt/"
    ),
    "association public-association:feedback": lambda stage: stage.client().post(
        f"/rueckmeldungen/{with_address().pk}/", {"text": "Geht wieder auf.", "is_last": "on"}
    ),
    "association public-association:page": lambda stage: stage.client().post(
        "/seiten/leichte-sprache/", {"body": "## Ganz neu", "aktion": "speichern"}
    ),
    "municipality public:barrier-feedback": lambda stage: stage.visitor().post(
        "/barrierefreiheit/melden/",
        {"message": "Ging nicht auf.", "address": "", "name": "", "email": "", "website": ""},
    ),
    "municipality public-staff:confirm": confirm,
    "municipality public-staff:contact": lambda stage: stage.client().post(
        f"{_AT}/kontaktangaben/", _CONTACT
    ),
    "municipality public-staff:feedback-close": lambda stage: stage.client().post(
        f"/verwaltung/rueckmeldungen/{feedback().pk}/erledigt/"
    ),
    "municipality public-staff:feedback": lambda stage: stage.client().post(
        f"/verwaltung/rueckmeldungen/{with_address().pk}/", {"text": "Geht wieder auf.", "is_last": "on"}
    ),
    "municipality public-staff:page": lambda stage: stage.client().post(
        f"{_AT}/leichte-sprache/", {"body": "## Ganz neu", "aktion": "speichern"}
    ),
}
SERVICES = {
    "verbund.public.answering.answer_feedback": lambda stage: partial(
        answer_feedback,
        feedback_id=with_address().pk,
        text="Geht wieder auf.",
        is_last=True,
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.public.feedback.close_feedback": lambda stage: partial(
        close_feedback, feedback_id=feedback().pk, by=stage.by, at=clock.now()
    ),
    "verbund.public.services.confirm_page": lambda stage: partial(
        services.confirm_page,
        kind=PageKind.LEICHTE_SPRACHE,
        version=draft(stage),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.public.services.save_contact_details": lambda stage: partial(
        services.save_contact_details, values=_CONTACT, by=stage.by, at=clock.now()
    ),
    "verbund.public.services.write_page": lambda stage: partial(draft, stage),
}
WITHOUT_ROW = {
    "verbund.public.feedback.mark_handled": "Teil eines Dienstes, der selbst eine Zeile schreibt",
}
