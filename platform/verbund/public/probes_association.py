# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's own texts as its operators and everybody use them.

An installation shows these pages to real people, so all of it is rehearsed: nothing stays, nobody is written to.
"""

from __future__ import annotations

from verbund.kernel import clock
from verbund.kernel.actors import SYSTEM
from verbund.kernel.probes import Ask, Probe, Rehearsed, Stage
from verbund.public.addresses import public_path, staff_path
from verbund.public.feedback import submit_feedback
from verbund.public.kinds import PageKind
from verbund.public.models import LegalPage
from verbund.public.services import confirm_page, write_page

_OPERATOR = "operator"
_KIND = PageKind.KONTAKT


def _draft(stage: Stage, kind: PageKind = _KIND) -> LegalPage:
    return write_page(kind=kind, body=f"## {kind.label}\n\n{stage.canary}", by=SYSTEM, at=clock.now())


def _read(kind: PageKind) -> Probe:
    def probe(stage: Stage) -> Ask:
        confirm_page(kind=kind, version=_draft(stage, kind).version, by=SYSTEM, at=clock.now())
        return Ask(path=public_path(kind.value), shows=True, is_common=True)

    return Rehearsed(probe)


def _open(name: str) -> Probe:
    return lambda _stage: Ask(path=public_path(name))


def _look(name: str, **arguments: object) -> Probe:
    return lambda _stage: Ask(path=staff_path(name, **arguments), role=_OPERATOR)


def _report_barrier(stage: Stage) -> Ask:
    values = {
        "message": f"Ging nicht auf {stage.canary}.",
        "address": "",
        "name": "",
        "email": "",
        "website": "",
    }
    return Ask(path=public_path("barrier-feedback"), data=values)


def _contact(_stage: Stage) -> Ask:
    data = {
        "organisation": "Zweckverband im Nachweis",
        "street_address": "Am Markt 5",
        "postal_code": "15926",
        "town": "Nachweis",
        "email": "verband@nachweis.example",
    }
    return Ask(path=staff_path("contact"), role=_OPERATOR, data=data)


def _save(stage: Stage) -> Ask:
    data = {"body": f"## Ganz neu {stage.canary}", "aktion": "speichern"}
    return Ask(path=staff_path("page", kind=_KIND), role=_OPERATOR, data=data)


def _confirm(stage: Stage) -> Ask:
    data = {"fassung": str(_draft(stage).version)}
    return Ask(path=staff_path("confirm", kind=_KIND), role=_OPERATOR, data=data)


def _version(stage: Stage) -> Ask:
    return Ask(
        path=staff_path("version", kind=_KIND, number=_draft(stage).version), role=_OPERATOR, shows=True
    )


def _answer(stage: Stage) -> Ask:
    email = f"erika-{stage.canary}@nachweis.example"
    told = submit_feedback(message="Ging nicht auf.", address="", name="", email=email, at=clock.now())
    data = {"text": f"Geht wieder auf {stage.canary}.", "is_last": "on"}
    return Ask(path=staff_path("feedback", feedback_id=told.pk), role=_OPERATOR, data=data)


def _feedback(name: str, *, shows: bool = False) -> Probe:
    def probe(stage: Stage) -> Ask:
        received = submit_feedback(
            message=f"Ging nicht auf {stage.canary}.", address="", name="", email="", at=clock.now()
        )
        return Ask(path=staff_path(name, feedback_id=received.pk), role=_OPERATOR, shows=shows)

    return Rehearsed(probe)


_AREA = "public-association"
PROBES: dict[str, Probe] = {
    **{f"GET {_AREA}:{kind.value}": _read(kind) for kind in PageKind},
    f"GET {_AREA}:barrier-feedback": _open("barrier-feedback"),
    f"POST {_AREA}:barrier-feedback": Rehearsed(_report_barrier),
    f"GET {_AREA}:barrier-feedback-sent": _open("barrier-feedback-sent"),
    f"GET {_AREA}:pages": _look("pages"),
    f"GET {_AREA}:contact": _look("contact"),
    f"POST {_AREA}:contact": Rehearsed(_contact),
    f"GET {_AREA}:page": _look("page", kind=_KIND),
    f"POST {_AREA}:page": Rehearsed(_save),
    f"POST {_AREA}:confirm": Rehearsed(_confirm),
    f"GET {_AREA}:version": Rehearsed(_version),
    f"GET {_AREA}:feedback": _feedback("feedback", shows=True),
    f"POST {_AREA}:feedback": Rehearsed(_answer),
    f"POST {_AREA}:feedback-close": _feedback("feedback-close"),
}
