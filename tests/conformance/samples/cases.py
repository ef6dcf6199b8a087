# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the office does with a case of any kind: notes, a day of its own, links."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report, move
from verbund.cases import deadlines, linking, noting, status_links
from verbund.cases.linked import CASE
from verbund.cases.models import Link, Relation
from verbund.kernel import clock
from verbund.modules.defects.states import State


def _reference() -> str:
    return move(make_report(), State.IN_PROGRESS).reference


def _path(step: str, reference: str) -> str:
    return f"/verwaltung/vorgaenge/{reference}/{step}/"


def _linked(stage: Stage) -> Link:
    return linking.link_objects(
        kind=CASE, key=_reference(), relation=Relation.FOLLOWS, to=_reference(), by=stage.by, at=clock.now()
    )


def _unlink_page(stage: Stage) -> Any:
    link = _linked(stage)
    return stage.client().post(_path(f"verknuepfungen/{link.pk}/loesen", link.from_key))


def _unlink(stage: Stage) -> Any:
    link = _linked(stage)
    return partial(linking.unlink, link_id=link.pk, kind=CASE, key=link.from_key, by=stage.by, at=clock.now())


ROUTES = {
    "municipality cases-staff:note": lambda stage: stage.client().post(
        _path("notiz", _reference()), {"text": "Leiter nötig"}
    ),
    "municipality cases-staff:deadline": lambda stage: stage.client().post(
        _path("frist", _reference()), {"working_days": "5", "reason": "Ersatzteil bestellt"}
    ),
    "municipality cases-staff:link": lambda stage: stage.client().post(
        _path("verknuepfen", _reference()), {"relation": "RELATED", "to": _reference()}
    ),
    "municipality cases-staff:unlink": _unlink_page,
}

SERVICES = {
    "verbund.cases.noting.add_note": lambda stage: partial(
        noting.add_note, reference=_reference(), text="Leiter nötig", by=stage.by, at=clock.now()
    ),
    "verbund.cases.deadlines.set_deadline": lambda stage: partial(
        deadlines.set_deadline,
        reference=_reference(),
        due_on=clock.today() + timedelta(days=7),
        reason="Ersatzteil bestellt",
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.linking.link_objects": lambda stage: partial(
        linking.link_objects,
        kind=CASE,
        key=_reference(),
        relation=Relation.RELATED,
        to=_reference(),
        by=stage.by,
        at=clock.now(),
    ),
    "verbund.cases.linking.unlink": _unlink,
    "verbund.cases.status_links.make_link": lambda stage: partial(
        status_links.make_link,
        email="erika@muster.example",
        about=_reference(),
        was_asked_for=False,
        by=stage.by,
        at=clock.now(),
    ),
}

WITHOUT_ROW = {
    "verbund.cases.timeline.note_down": "Teil eines Dienstes, der selbst eine Zeile schreibt",
}
