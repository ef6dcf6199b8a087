# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Erasure of one person over all packages, and in each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.conformance.samples import Stage
from tests.factories.defects import make_report
from verbund.cases import persons as of_cases
from verbund.cases.status import ask_for_link
from verbund.kernel import clock
from verbund.kernel.actors import CITIZEN
from verbund.modules.defects import persons as of_defects
from verbund.modules.defects.reporting import confirm_report
from verbund.notify import persons as of_notify
from verbund.notify.models import Outbox
from verbund.privacy.persons.looking import erase_person
from verbund.public import persons as of_public
from verbund.public.feedback import close_feedback, submit_feedback

_ERIKA = "erika@muster.example"


def _reported() -> None:
    """A report that waits for its confirmation, with the mail about it."""
    make_report(email=_ERIKA)


def _asked() -> None:
    report = make_report(email=_ERIKA)
    text = Outbox.objects.filter(kind="defects/confirm").latest("pk").text or ""
    confirm_report(secret=text.split("/bestaetigen/")[1].split("/")[0], at=clock.now())
    ask_for_link(reference=report.reference, email=_ERIKA, by=CITIZEN, at=clock.now())


def _answered(stage: Stage) -> None:
    feedback = submit_feedback(message="Zu klein", address="", name="", email=_ERIKA, at=clock.now())
    close_feedback(feedback_id=feedback.pk, by=stage.by, at=clock.now())


def _erasing(erase: Callable[..., Any], make: Callable[[Stage], None]) -> Callable[[Stage], Any]:
    def prepared(stage: Stage) -> Any:
        make(stage)
        return partial(erase, _ERIKA, by=stage.by, at=clock.now())

    return prepared


def _everything(stage: Stage) -> Any:
    _reported()
    return partial(erase_person, email=_ERIKA, by=stage.by, at=clock.now())


SERVICES = {
    "verbund.modules.defects.persons.erase": _erasing(of_defects.erase, lambda _stage: _reported()),
    "verbund.notify.persons.erase": _erasing(of_notify.erase, lambda _stage: _reported()),
    "verbund.cases.persons.erase": _erasing(of_cases.erase, lambda _stage: _asked()),
    "verbund.public.persons.erase": _erasing(of_public.erase, _answered),
    "verbund.privacy.persons.looking.erase_person": _everything,
}
